package org.tandemgw.gateway.books;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.recovery.CallView;
import org.tandemgw.recovery.SegmentEnd;

/**
 * Writes one line for each segment of a call that ends, in a folder for each server: for the one that was active, or for both, as for one that the configuration does not name. What each column means:
 * docs/call-records.md.
 */
final class CallRecords implements AutoCloseable {
    static final String HEADER =
            "acd,call,segment,ended_by,server,media,state,call_started,start_seen,answered,segment_from,segment_to,wait_s,talk_s,hold_s,"
                    + "call_wait_s,call_hold_s,queue,agent,calling,called,trunk,cause,sure,complete,generation,sequence,record";

    private static final int COLUMNS = HEADER.split(",").length;

    private static final Logger LOG = LoggerFactory.getLogger(CallRecords.class);

    private final String acd;
    private final int generation;
    private final boolean both;
    private final Map<String, DayFiles> files = new LinkedHashMap<>();

    /** Records of a server without a folder, as one has after its name was changed. */
    private long ofNobody;

    CallRecords(BookSettings settings, BookSettings.Records records, String acd, int generation, Path places)
            throws IOException {
        this.acd = acd;
        this.generation = generation;
        both = records.both();
        for (final String server : settings.servers()) {
            files.put(
                    server,
                    new DayFiles(new DayFiles.Settings(
                            records.folder().resolve(server),
                            acd,
                            HEADER,
                            places.resolve("records-" + server + ".last"),
                            line -> Csv.fields(line).size() == COLUMNS,
                            records.keptDays(),
                            settings.minFreeBytes())));
        }
    }

    void ended(CallView call, SegmentEnd how, long atNs, long utcNs, String server, long sequence, long index) {
        final LinePosition at = new LinePosition(generation, sequence, index);
        final long toNs = Math.max(atNs, call.segmentSinceNs());
        final String line = new Csv()
                .add(acd)
                .add(call.id())
                .add(call.segments())
                .add(how.word())
                .add(server)
                .add(call.media().word())
                .add(call.state().word())
                .time(call.startedNs())
                .add(call.startSeen() ? "yes" : "no")
                .time(call.answeredNs())
                .time(call.segmentSinceNs())
                .time(toNs)
                .seconds(call.segmentWaitedNs(atNs))
                .seconds(call.segmentTalkedNs(atNs))
                .seconds(call.segmentHeldNs(atNs))
                .seconds(call.waitedNs(atNs))
                .seconds(call.heldNs(atNs))
                .add(call.queue())
                .add(call.segmentAgent())
                .add(call.calling())
                .add(call.called())
                .add(call.segmentTrunk())
                .add(call.cause())
                .add(call.sure() ? "yes" : "no")
                .add(call.holed() ? "no" : "yes")
                .add(at.generation())
                .add(at.sequence())
                .add(at.index())
                .line();
        if (!both && files.containsKey(server)) {
            files.get(server).add(utcNs, at, line);
            return;
        }
        if (!both && ofNobody++ == 0) {
            LOG.warn(
                    "the active server of {} was \"{}\", which the configuration does not name: its call records go to each server",
                    acd,
                    server);
        }
        files.values().forEach(each -> each.add(utcNs, at, line));
    }

    boolean flush() {
        boolean all = true;
        for (final DayFiles each : files.values()) {
            all &= each.flush();
        }
        return all;
    }

    boolean force() {
        boolean all = true;
        for (final DayFiles each : files.values()) {
            all &= each.force();
        }
        return all;
    }

    long diskErrors() {
        return files.values().stream().mapToLong(DayFiles::diskErrors).sum();
    }

    /** Empty: none. */
    String trouble() {
        return files.values().stream()
                .map(DayFiles::trouble)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() throws IOException {
        if (ofNobody > 0) {
            LOG.info("{} call records of {} went to each server", ofNobody, acd);
        }
        for (final DayFiles each : files.values()) {
            each.close();
        }
    }
}
