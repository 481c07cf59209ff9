package org.tandemgw.gateway.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What each class of tests takes from the processors, its child processes included, one line each in {@code target/cpu.txt}: user and system seconds, wall seconds, class.
 * All quick tests together keep two processors busy for minutes; {@code sort -rn target/cpu.txt} says where. Registered for all tests.
 */
public final class SpentCpu implements BeforeAllCallback, AfterAllCallback {
    private static final double TICKS_PER_S = 100;
    private static final Path FILE = Path.of("target", "cpu.txt");

    private record Spent(double userS, double systemS, long atNs) {}

    private Spent before;

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (context.getTestClass().orElseThrow().getEnclosingClass() == null) {
            before = now();
        }
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException {
        if (context.getTestClass().orElseThrow().getEnclosingClass() != null || before == null) {
            return;
        }
        final Spent after = now();
        Files.writeString(
                FILE,
                String.format(
                        Locale.ROOT,
                        "%.2f %.2f %.1f %s%n",
                        after.userS - before.userS,
                        after.systemS - before.systemS,
                        (after.atNs - before.atNs) / 1e9,
                        context.getRequiredTestClass().getName()),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** Children count once they are waited for. */
    private static Spent now() throws IOException {
        final String stat = Files.readString(Path.of("/proc/self/stat"));
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        final double userS = (Long.parseLong(fields[11]) + Long.parseLong(fields[13])) / TICKS_PER_S;
        final double systemS = (Long.parseLong(fields[12]) + Long.parseLong(fields[14])) / TICKS_PER_S;
        return new Spent(userS, systemS, System.nanoTime());
    }
}
