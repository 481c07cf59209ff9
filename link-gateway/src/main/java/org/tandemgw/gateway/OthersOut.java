package org.tandemgw.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.decision.DecisionLog;

/**
 * Alarm files, audit files and records of decisions are for owner and group, also those that an earlier version made for everybody: what others may do with them is taken away at each start. Nothing is given to
 * anybody, and links are left alone. Once, on the thread of the start.
 */
final class OthersOut {
    private static final Logger LOG = LoggerFactory.getLogger(OthersOut.class);
    private static final String FILES = "(alarms|audit).*\\.jsonl";
    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private OthersOut() {}

    /** Of what is there already. What cannot be changed stays as it is, and is a line in the log. */
    static void of(Path data) {
        final Path decisions = data.resolve(DecisionLog.FOLDER);
        each(data, FILES);
        if (Files.isDirectory(decisions, LinkOption.NOFOLLOW_LINKS)) {
            tighten(decisions);
            each(decisions, ".*\\.json");
        }
    }

    private static void each(Path folder, String names) {
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.getFileName().toString().matches(names))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .forEach(OthersOut::tighten);
        } catch (IOException e) {
            LOG.warn("{} cannot be searched for what others may read: {}", folder, e.toString());
        }
    }

    private static void tighten(Path path) {
        try {
            final Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (now.removeAll(OTHERS)) {
                Files.setPosixFilePermissions(path, now);
                LOG.info("{} is for owner and group alone from now on", path);
            }
        } catch (IOException e) {
            LOG.warn("{} may be read by others, and that cannot be changed: {}", path, e.toString());
        }
    }
}
