package org.tandemgw.gateway.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.control.ControlServer;
import org.tandemgw.gateway.control.RehearsedGateway;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.SystemClock;

/** {@code status --watch} as a process of its own, on a pseudo-terminal that script(1) provides, and on a pipe. */
class WatchOnATerminalTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final String ENTER = "\033[?1049h";
    private static final String LEAVE = "\033[?1049l";

    @TempDir
    Path folder;

    private final ByteArrayOutputStream screen = new ByteArrayOutputStream();
    private RehearsedGateway gateway;
    private ControlServer server;
    private Process process;

    @BeforeEach
    void start() throws IOException {
        Files.writeString(folder.resolve("tandem.yaml"), "data: .\n");
        gateway = new RehearsedGateway(folder);
        server = ControlServer.start(folder, gateway, new SystemClock());
    }

    @AfterEach
    void stop() throws IOException {
        if (process != null) {
            process.destroyForcibly();
        }
        server.close();
    }

    @Test
    void shouldDrawAnewAndLeaveTheTerminalAsItWasOnQ() throws Exception {
        watchOnTerminal("");
        await().until(() -> shown().contains("UNPROTECTED"));
        gateway.show(SampleStatus.example());
        await().until(() -> shown().contains("\033[32mPROTECTED"));
        type("q");

        assertRestored();
    }

    @Test
    void shouldLeaveTheTerminalAsItWasOnCtrlC() throws Exception {
        watchOnTerminal("");
        await().until(() -> shown().contains("q leaves"));
        type("\003");

        assertRestored();
    }

    @Test
    void shouldShowAllThatIsWrongInAnySizeAndFollowItAtOnce() throws Exception {
        begin(30, "NO_COLOR=1 ", "30s");
        final String tty = awaitTty();
        for (final int[] size : new int[][] {{24, 80}, {40, 120}, {16, 72}, {24, 80}}) {
            resize(tty, size[0], size[1]);
            await().untilAsserted(() -> {
                final List<String> lines = ShownScreen.of(shown(), size[0], size[1]);
                final String all = String.join("\n", lines);
                assertTrue(lines.get(0).startsWith("hq-east  UNPROTECTED"), all);
                assertTrue(lines.get(size[0] - 1).contains("q leaves"), all);
                for (final String must :
                        List.of("acd1", "acd2", "busied", "cms-west", "down", "low", "gap", "type next")) {
                    assertTrue(all.contains(must), must + " at " + size[0] + "x" + size[1] + ":\n" + all);
                }
            });
        }
        resize(tty, 8, 40);
        await().until(() -> String.join("", ShownScreen.of(shown(), 8, 40)).contains("more lines"));
        assertFalse(String.join("", ShownScreen.of(shown(), 8, 40)).contains("feedDown"));
        type("   \033[B\033[6~");
        await().until(() -> String.join("", ShownScreen.of(shown(), 8, 40)).contains("feedDown"));
        type("g");
        await().until(() -> ShownScreen.of(shown(), 8, 40).get(0).startsWith("hq-east"));
        resize(tty, 60, 200);
        type("d");
        await().until(() -> shown().contains("TYPE NEXT"));
        type("q");

        assertRestored();
        assertFalse(shown().matches("(?s).*\033\\[[1-9][0-9;]*m.*"), "no colours");
    }

    @Test
    void shouldSurviveARestartOfTheGateway() throws Exception {
        watchOnTerminal("");
        await().until(() -> shown().contains("UNPROTECTED"));
        server.close();
        await().until(() -> shown().contains("Tandem is not running"));
        gateway.show(SampleStatus.example());
        server = ControlServer.start(folder, gateway, new SystemClock());
        await().until(() -> shown().contains("mPROTECTED"));
        type("q");

        assertRestored();
    }

    @Test
    void shouldAppendBlocksWhereThereIsNoTerminal() throws Exception {
        begin(List.of("/bin/sh", "-c", tandem("200ms")));
        await().until(() -> shown().split("--- 20", -1).length > 3);
        assertFalse(shown().contains("\033"), "no control sequences");
        process.destroy();
        assertTrue(process.waitFor(60, SECONDS));
    }

    private static void resize(String tty, int rows, int columns) throws Exception {
        new ProcessBuilder("stty", "-F", tty, "rows", "" + rows, "cols", "" + columns)
                .start()
                .waitFor();
    }

    private String awaitTty() throws IOException {
        await().until(() -> shown().contains("q leaves"));
        return Files.readString(folder.resolve("tty")).strip();
    }

    private void watchOnTerminal(String environment) throws IOException {
        begin(10, environment, "200ms");
    }

    private void begin(int rows, String environment, String interval) throws IOException {
        if ("all".equals(System.getenv("TANDEM_TESTS"))) {
            assertTrue(Files.isExecutable(SCRIPT), "script(1) is missing");
        }
        assumeTrue(Files.isExecutable(SCRIPT), "script(1) is missing");
        begin(List.of(
                "env",
                "--default-signal=INT", // whoever runs this in the background has it ignored, and so would the terminal
                SCRIPT.toString(),
                "-qfec",
                "trap : INT; stty rows " + rows + " cols 120; tty > tty; stty -a > before; " + environment
                        + "TERM=xterm " + tandem(interval) + "; echo status=$?; stty -a > after",
                "/dev/null"));
    }

    private String tandem(String interval) {
        final String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Path.of(System.getProperty("java.home"), "bin", "java") + " -XX:TieredStopAtLevel=1 -cp '" + classPath
                + "' " + Tandem.class.getName() + " status --watch --interval " + interval;
    }

    private void begin(List<String> command) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().put("SHELL", "/bin/sh");
        process = builder.redirectErrorStream(true).start();
        final Thread reader = new Thread(
                () -> {
                    final byte[] chunk = new byte[8192];
                    try {
                        for (int n = process.getInputStream().read(chunk); n >= 0; ) {
                            synchronized (screen) {
                                screen.write(chunk, 0, n);
                            }
                            n = process.getInputStream().read(chunk);
                        }
                    } catch (IOException e) {
                        return; // The process has been ended.
                    }
                },
                "screen");
        reader.setDaemon(true);
        reader.start();
    }

    private void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
    }

    private String shown() {
        synchronized (screen) {
            return screen.toString(StandardCharsets.UTF_8);
        }
    }

    /** What has not ended, and where its threads are. */
    private String standing() {
        final List<ProcessHandle> left = process.descendants().toList();
        final int before = shown().length();
        for (final ProcessHandle each : left) {
            if (each.info().command().orElse("").endsWith("java")) {
                try {
                    new ProcessBuilder("kill", "-QUIT", "" + each.pid()).start().waitFor();
                    await().atMost(20, SECONDS)
                            .until(() -> shown().substring(before).contains("JNI global"));
                } catch (Exception e) {
                    return left + " " + e;
                }
            }
        }
        return left.stream().map(ProcessHandle::info).toList() + shown().substring(Math.max(0, before - 300));
    }

    private void assertRestored() throws Exception {
        assertTrue(process.waitFor(60, SECONDS), () -> "it did not end: " + standing());
        await().until(() -> shown().contains("status="));
        final String shown = shown();
        assertTrue(shown.contains("status=0"), shown.substring(Math.max(0, shown.length() - 300)));
        assertTrue(
                shown.indexOf(ENTER) >= 0 && shown.lastIndexOf(LEAVE) > shown.lastIndexOf(ENTER),
                "the screen came back");
        assertTrue(shown.lastIndexOf("\033[?25h") > shown.lastIndexOf("\033[?25l"), "the cursor came back");
        assertEquals(modes("before"), modes("after"));
    }

    /** All but speed and size, which the test itself changes. */
    private List<String> modes(String file) throws IOException {
        final String text = Files.readString(folder.resolve(file));
        return Arrays.stream(text.split("[;\\s]+"))
                .filter(word -> !word.matches("\\d+"))
                .toList();
    }
}
