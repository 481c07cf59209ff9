package org.tandemgw.gateway.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Starts a real JVM with the options that Tandem runs with, and the class path of the tests. */
public final class ChildJvm {
    private ChildJvm() {}

    public static ProcessBuilder of(List<String> prefix, Class<?> main, String... args) {
        final List<String> command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("@" + Path.of(System.getProperty("tandem.root"), ".mvn", "tandem-jvm.options"));
        if (Runtime.version().feature() >= 24) { // an option that Java 17 refuses to start with
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-cp"));
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main.getName());
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /** False where a test may skip itself because {@code tool} is missing; an error where everything has to run. */
    public static boolean canRun(String... tool) throws InterruptedException {
        boolean can;
        try {
            final Process tried = new ProcessBuilder(tool)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            can = tried.waitFor() == 0;
        } catch (IOException e) {
            can = false;
        }
        if (!can && "all".equals(System.getenv("TANDEM_TESTS"))) {
            throw new AssertionError("cannot run " + String.join(" ", tool) + ", and TANDEM_TESTS=all");
        }
        return can;
    }
}
