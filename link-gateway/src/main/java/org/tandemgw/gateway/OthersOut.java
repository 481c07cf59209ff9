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
        long changed = each(data, FILES);
        if (Files.isDirectory(decisions, LinkOption.NOFOLLOW_LINKS)) {
            changed += tighten(decisions) ? 1 : 0;
            changed += each(decisions, ".*\\.json");
        }
        if (changed > 0) {
            LOG.info(
                    "alarm files, audit files and records of decisions below {} ({} of them) are for owner and group alone from now on",
                    data,
                    changed);
        }
    }

    private static long each(Path folder, String names) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(names))
                    .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .filter(OthersOut::tighten)
                    .count();
        } catch (IOException e) {
            LOG.warn("{} cannot be searched for what others may read: {}", folder, e.toString());
            return 0;
        }
    }

    private static boolean tighten(Path path) {
        try {
            final Set<PosixFilePermission> now = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
            if (!now.removeAll(OTHERS)) {
                return false;
            }
            Files.setPosixFilePermissions(path, now);
            return true;
        } catch (IOException e) {
            LOG.warn("{} may be read by others, and that cannot be changed: {}", path, e.toString());
            return false;
        }
    }
}
