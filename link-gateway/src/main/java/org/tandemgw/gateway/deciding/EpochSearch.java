package org.tandemgw.gateway.deciding;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.switchover.Maintenance;
import org.tandemgw.gateway.switchover.Mode;

/**
 * The newest epoch that anything below the data folder speaks of: the audit file, the one set aside last, the records of decisions; and the
 * mode that an operator said last. The second witness, should the control file be lost or an older one put back. Read once, at a start. Bounded: of each file the last
 * {@link #MOST_BYTES}.
 */
final class EpochSearch {
    static final int MOST_BYTES = 4 << 20;

    /** Where decisions are recorded, below {@code data}. */
    private static final String DECISIONS = "decisions";

    private static final Logger LOG = LoggerFactory.getLogger(EpochSearch.class);
    private static final Pattern EPOCH = Pattern.compile("\"epoch\":\\s*(\\d{1,18})");
    private static final Pattern DECISION = Pattern.compile("\"decision\":\\s*(\\d{1,18})");
    /** The line that is written when a switchover is over; what begins one is called otherwise. */
    private static final Pattern ENDED =
            Pattern.compile("\"action\":\\s*\"switchover\"[^\\n]*?\"decision\":\\s*(\\d{1,18})");

    private static final String MODE = "\"action\":\"mode\"";
    private static final String BEGINS = "\"action\":\"audit begins\"";
    private static final int NEWEST_RECORDS = 20;

    /**
     * What was found.
     *
     * @param epoch 0: none
     * @param decision 0: none
     * @param ended decisions that are over by the audit file
     * @param mode the operator's newest; null: none was found
     * @param maintenance what {@link MaintenanceSearch#found} says
     * @param whole whether the audit file was seen from its beginning on, so that a mode which was not found was never said
     */
    record Found(
            long epoch,
            long decision,
            Set<Long> ended,
            Mode mode,
            Map<String, Maintenance> maintenance,
            boolean whole) {
        Found(long epoch, long decision, Set<Long> ended, Mode mode, boolean whole) {
            this(epoch, decision, ended, mode, Map.of(), whole);
        }

        Found {
            ended = Set.copyOf(ended);
            maintenance = Collections.unmodifiableMap(new LinkedHashMap<>(maintenance));
        }
    }

    /** Of a line about a mode, what matters here. */
    private record Said(String action, String object, boolean ok) {}

    private final Set<Long> ended = new HashSet<>();
    private long epoch;
    private long decision;
    private Mode mode;
    private boolean whole;
    private final MaintenanceSearch maintenance = new MaintenanceSearch();

    private EpochSearch() {}

    static Found in(Path data) {
        final EpochSearch search = new EpochSearch();
        newest(data, "audit-.*\\.jsonl", 1).forEach(search::audit);
        search.audit(data.resolve(AuditFile.NAME));
        newest(data.resolve(DECISIONS), ".*\\.json", NEWEST_RECORDS).forEach(search::read);
        return new Found(
                search.epoch, search.decision, search.ended, search.mode, search.maintenance.found(), search.whole);
    }

    /** By name, which rises with time. */
    private static List<Path> newest(Path folder, String name, int most) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            final List<Path> all = new ArrayList<>(
                    files.filter(each -> each.getFileName().toString().matches(name))
                            .sorted(Comparator.comparing(Path::getFileName))
                            .toList());
            return all.subList(Math.max(0, all.size() - most), all.size());
        } catch (IOException e) {
            LOG.warn("{} cannot be searched for the newest epoch: {}", folder, e.toString());
            return List.of();
        }
    }

    private void audit(Path path) {
        read(path).lines().forEach(line -> {
            whole |= line.contains(BEGINS);
            maintenance.line(line);
            if (line.contains(MODE)) {
                said(line);
            }
        });
    }

    private void said(String line) {
        try {
            final Said said = JsonRecords.read(line, Said.class);
            if (said.ok() && "mode".equals(said.action())) {
                mode = Mode.valueOf(String.valueOf(said.object()).toUpperCase(Locale.ROOT));
            }
        } catch (JsonFormatException | IllegalArgumentException e) {
            LOG.debug("not understood: {}", line, e); // cut in two by the limit, or torn by a power loss
        }
    }

    private String read(Path path) {
        if (!Files.isRegularFile(path)) {
            return "";
        }
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            final byte[] bytes = new byte[(int) Math.min(MOST_BYTES, file.length())];
            file.seek(file.length() - bytes.length);
            file.readFully(bytes);
            final String text = new String(bytes, StandardCharsets.UTF_8);
            epoch = Math.max(epoch, most(EPOCH, text));
            decision = Math.max(decision, most(DECISION, text));
            for (final Matcher found = ENDED.matcher(text); found.find(); ) {
                ended.add(Long.parseLong(found.group(1)));
            }
            return text;
        } catch (IOException e) {
            LOG.warn("{} cannot be read for the newest epoch: {}", path, e.toString());
            return "";
        }
    }

    private static long most(Pattern pattern, String text) {
        long most = 0;
        for (final Matcher found = pattern.matcher(text); found.find(); ) {
            most = Math.max(most, Long.parseLong(found.group(1)));
        }
        return most;
    }
}
