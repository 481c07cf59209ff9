package org.tandemgw.gateway.dialect.ami;

import java.security.SecureRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.tandemgw.gateway.dialect.NativeService;

/** Plays an Asterisk's manager interface, for clients that only read. */
final class AmiService implements NativeService {
    private final Supplier<String> banner;
    private final LongSupplier bootedAtNs;
    private final SecureRandom random = new SecureRandom();

    /**
     * As this ACD.
     *
     * @param banner how the ACD greets; empty until it has; any thread
     * @param bootedAtNs when it booted, UTC; 0 if it never said; any thread
     */
    AmiService(Supplier<String> banner, LongSupplier bootedAtNs) {
        this.banner = banner;
        this.bootedAtNs = bootedAtNs;
    }

    @Override
    public Conversation meet(Client client) {
        final String challenge = Integer.toString(100_000_000 + random.nextInt(900_000_000));
        return new AmiServedSession(client, () -> new AmiFace(banner.get(), bootedAtNs.getAsLong()), challenge);
    }
}
