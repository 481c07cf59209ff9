package org.tandemgw.gateway.snmp;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The tools of net-snmp and of libsmi, each run with folders of its own and our module; what the machine has configured does not count. */
public final class NetSnmp {
    /** Debian ships none of the modules that ours imports: these are the least that tools want. */
    static final Path IMPORTS = root().resolve("link-gateway/src/test/resources/mibs");

    static final Path MIBS = root().resolve("hw-profiles/mibs");

    private final Path folder;

    /** Works in this folder. */
    public NetSnmp(Path folder) {
        this.folder = folder;
    }

    private static Path root() {
        return Path.of(System.getProperty("tandem.root"));
    }

    /** Skips visibly, or fails where everything has to run. */
    public static void need(String tool, String option) {
        boolean can;
        try {
            final Process tried = new ProcessBuilder(tool, option)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            can = tried.waitFor() >= 0;
        } catch (IOException e) {
            can = false;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        if (!can && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError(tool + " is missing, and TANDEM_TESTS=all");
        }
        assumeTrue(can, tool + " is missing: apt-get install snmp snmptrapd smitools");
    }

    /** What it says on either output; its exit status says nothing that can be relied on. */
    public List<String> run(List<String> command) throws IOException, InterruptedException {
        final Path said = Files.createTempFile(folder, "said", "");
        final Process process = started(command, said);
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("did not end: " + command);
        }
        return Files.readAllLines(said, StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("Created directory: "))
                .toList();
    }

    /** The same. */
    public List<String> run(String... command) throws IOException, InterruptedException {
        return run(List.of(command));
    }

    /** Goes on until it is stopped. */
    public Process started(List<String> command, Path output) throws IOException {
        final ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command)).redirectErrorStream(true);
        final Map<String, String> environment = builder.environment();
        final Path own = Files.createDirectories(folder.resolve("net-snmp"));
        final Path memory = Files.createDirectories(folder.resolve("memory"));
        environment.put("SNMP_PERSISTENT_DIR", memory.toString());
        environment.put("SNMPCONFPATH", own + ":" + memory);
        environment.put("MIBDIRS", IMPORTS + ":" + MIBS);
        environment.put("MIBS", "TANDEM-MIB:SNMPv2-MIB");
        return builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
    }
}
