package org.tandemgw.gateway.dialect.ami;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.gateway.dialect.NativeService;
import org.tandemgw.recovery.CallTable;

/** A connection without a socket: what is said to it stands there. Its one user is {@code east}, whose secret is {@code secret}. */
final class HeardClient implements NativeService.Client {
    final List<String> denied = new ArrayList<>();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final CallTable table;
    private NativeService.Conversation conversation;
    private boolean open = true;

    /** @param table what is asked; several may share it */
    HeardClient(CallTable table) {
        this.table = table;
    }

    void of(NativeService.Conversation with) {
        conversation = with;
    }

    String said() {
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public String secret(String user) {
        return user.equals("east") ? "secret" : "nobody can know this";
    }

    @Override
    public String server() {
        return "east";
    }

    @Override
    public void proved(String user) {
        throw new AssertionError("an Asterisk seats whoever logs in");
    }

    @Override
    public void logIn(String user) {
        conversation.welcome();
    }

    @Override
    public void letIn() {
        conversation.welcome();
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
        throw new AssertionError("an Asterisk listens");
    }

    @Override
    public void denied(String action) {
        denied.add(action);
    }

    @Override
    public long utcNs() {
        return 1_795_251_600_000_000_000L;
    }

    @Override
    public long acdNs() {
        return utcNs();
    }

    @Override
    public long nowNs() {
        return 0;
    }

    @Override
    public void ask(Function<CallTable, byte[]> question, Consumer<byte[]> answer) {
        answer.accept(question.apply(table));
    }
}
