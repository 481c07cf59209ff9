package org.tandemgw.benchmarks.rig;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** On what a run was made: without it no figure says anything. */
final class Machine {
    private Machine() {}

    static Map<String, Object> here() {
        final Map<String, Object> map = new LinkedHashMap<>();
        map.put("processor", field("/proc/cpuinfo", "model name"));
        map.put("processors", Runtime.getRuntime().availableProcessors());
        map.put("memory", field("/proc/meminfo", "MemTotal"));
        map.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        map.put("fileSystem", fileSystem());
        map.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        map.put("commit", commit());
        map.put("loadBefore", load());
        return map;
    }

    /** How many processes wanted a processor in the last minute. */
    static String load() {
        return line("/proc/loadavg").split(" ")[0];
    }

    private static String fileSystem() {
        try {
            return Files.getFileStore(Path.of(System.getProperty("java.io.tmpdir")))
                    .type();
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String commit() {
        final Path root = Path.of(System.getProperty("tandem.root", "."));
        final String head = said("git", "-C", root.toString(), "rev-parse", "--short=12", "HEAD");
        final boolean changed = !said("git", "-C", root.toString(), "status", "--porcelain", "--untracked-files=no")
                .isEmpty();
        return head.isEmpty() ? "unknown" : head + (changed ? " and changes" : "");
    }

    private static String said(String... command) {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? said : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String field(String file, String name) {
        try {
            return Files.readString(Path.of(file))
                    .lines()
                    .filter(line -> line.startsWith(name))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        } catch (IOException e) {
            return "unknown";
        }
    }

    private static String line(String file) {
        try {
            return Files.readString(Path.of(file)).strip();
        } catch (IOException e) {
            return "unknown";
        }
    }
}
