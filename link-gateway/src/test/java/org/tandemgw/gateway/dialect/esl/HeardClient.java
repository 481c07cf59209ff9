package org.tandemgw.gateway.dialect.esl;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.recovery.CallTable;

/** A connection without a socket: what is said to it stands there. The server's user is {@code east}, whose secret is {@code secret}. */
final class HeardClient implements NativeService.Client {
    final List<String> denied = new ArrayList<>();
    final List<String> proved = new ArrayList<>();
    final List<String> seated = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CallTable table;
    final EslServedSession session = new EslServedSession(this);
    boolean tableKnows = true;
    long nowNs;
    private boolean open = true;

    /** @param table what is asked; several may share it */
    HeardClient(CallTable table) {
        this.table = table;
        session.begin();
    }

    HeardClient says(String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        session.heard(bytes, 0, bytes.length);
        return this;
    }

    /** What was said since the last time. */
    String heard() {
        final String said = out.toString(StandardCharsets.UTF_8);
        out.reset();
        return said;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public String secret(String user) {
        return user.equals("east") ? "secret" : user.equals("watch") ? "looking" : "nobody can know this";
    }

    @Override
    public String server() {
        return "east";
    }

    @Override
    public void proved(String user) {
        proved.add(user);
    }

    @Override
    public void logIn(String user) {
        seated.add(user);
        session.welcome();
    }

    @Override
    public void letIn() {
        throw new AssertionError("a FreeSWITCH has a login");
    }

    @Override
    public void refuse(String why, byte[] answer) {
        say(answer);
        open = false;
    }

    @Override
    public void say(byte[] bytes) {
        out.writeBytes(bytes);
    }

    @Override
    public boolean takesMore() {
        return open;
    }

    @Override
    public void leave(byte[] lastWords) {
        say(lastWords);
        open = false;
    }

    @Override
    public void bad(String what) {
        open = false;
    }

    @Override
    public void ignored() {
        throw new AssertionError("a FreeSWITCH listens");
    }

    @Override
    public void denied(String action) {
        denied.add(action);
    }

    @Override
    public long utcNs() {
        return 1_767_600_100_000_000_000L;
    }

    @Override
    public long acdNs() {
        return utcNs();
    }

    @Override
    public long nowNs() {
        return nowNs;
    }

    @Override
    public void ask(Function<CallTable, byte[]> question, Consumer<byte[]> answer) {
        answer.accept(tableKnows ? question.apply(table) : null);
    }
}
