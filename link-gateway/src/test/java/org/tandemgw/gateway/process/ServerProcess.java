package org.tandemgw.gateway.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.tandemgw.gateway.journal.ChildJvm;

/** A {@link ServerProgram} on a {@link Machine} of its own, which breaks as it is told and is well again as it is told. */
final class ServerProcess implements AutoCloseable {
    static final int PORT = 8080;

    private final String name;
    private final Machine machine;
    private final int feedPort;
    private final Path folder;
    private Process process;
    private BufferedReader said;

    ServerProcess(String name, Machine machine, int feedPort, Path folder) {
        this.name = name;
        this.machine = machine;
        this.feedPort = feedPort;
        this.folder = folder;
    }

    Machine machine() {
        return machine;
    }

    void start() throws IOException {
        process = ChildJvm.of(
                        machine.starter(),
                        ServerProgram.class,
                        name,
                        machine.there(),
                        String.valueOf(PORT),
                        machine.here(),
                        String.valueOf(feedPort),
                        folder.resolve(name + ".place").toString())
                .redirectError(folder.resolve("server-" + name + ".err").toFile())
                .start();
        said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        expect("ready");
    }

    void suffer(ServerFault fault) throws IOException {
        switch (fault) {
            case KILLED -> process.destroyForcibly();
            case STOPPED -> Machine.run("kill", "-STOP", String.valueOf(process.pid()));
            case REFUSING -> command("refuse");
            case HANGING -> command("hang");
            case CUT_OFF -> machine.cut();
        }
    }

    void recover(ServerFault fault) throws IOException {
        switch (fault) {
            case KILLED -> start();
            case STOPPED -> Machine.run("kill", "-CONT", String.valueOf(process.pid()));
            case REFUSING, HANGING -> command("well");
            case CUT_OFF -> {
                machine.join();
                command("redial"); // or its connection waits for the next time that the kernel tries
            }
        }
    }

    private void command(String command) throws IOException {
        process.getOutputStream().write((command + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().flush();
        expect(command);
    }

    private void expect(String word) throws IOException {
        final String line = said.readLine();
        if (!word.equals(line)) {
            throw new IOException(name + " said '" + line + "' in place of '" + word + "'");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly();
        }
    }
}
