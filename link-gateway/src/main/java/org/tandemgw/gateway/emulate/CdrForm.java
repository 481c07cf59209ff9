package org.tandemgw.gateway.emulate;

import java.util.Optional;
import org.tandemgw.profiles.CdrRecords;
import org.tandemgw.profiles.HwProfiles;
import org.tandemgw.profiles.yaml.Problems;

/**
 * In which form a simulated Communication Manager writes its records.
 *
 * @param records which item stands where
 * @param dates whether it sends date records: after each connect, and at midnight
 */
public record CdrForm(CdrRecords records, boolean dates) {
    /** The one of the profile avaya-cdr, with dates. */
    public static final CdrForm CUSTOMISED = of("customised", true);

    /**
     * The form of a shipped profile.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CdrForm of(String form, boolean dates) {
        final String profile = form.equals("customised") ? "avaya-cdr" : "avaya-cdr-" + form;
        return HwProfiles.load(Optional.empty(), new Problems())
                .acd(profile)
                .flatMap(known -> known.records())
                .map(records -> new CdrForm(records, dates))
                .orElseThrow(() -> new IllegalArgumentException(
                        "--form: customised, teleseer, 59-character, printer, expanded or int-isdn, not " + form));
    }
}
