package org.tandemgw.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.control.AuditFile;
import org.tandemgw.gateway.controlfile.ControlFile;
import org.tandemgw.gateway.controlfile.ControlState;
import org.tandemgw.gateway.controlfile.StartDecision;
import org.tandemgw.gateway.feed.AheadClaim;
import org.tandemgw.gateway.journal.JournalBuilder;
import org.tandemgw.gateway.journal.JournalFiles;
import org.tandemgw.gateway.journal.JournalStart;
import org.tandemgw.gateway.journal.JournalSurvey;
import org.tandemgw.gateway.journal.LinkJournal;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;
import org.tandemgw.gateway.time.BootId;

/** What the last run left, and what follows from it for this one. Used once, by the thread that starts the gateway. */
final class SiteStart {
    private static final Logger LOG = LoggerFactory.getLogger(SiteStart.class);

    /** Of the note about a restored generation, what matters here. */
    private record Restored(long last) {}

    private final Path data;
    private final ControlFile.Found found;
    private final boolean forgotten;
    private final String boot = BootId.present();
    private final Map<String, Boolean> sameHistory = new HashMap<>();

    private SiteStart(Path data, ControlFile.Found found) {
        this.data = data;
        this.found = found;
        this.forgotten = found.condition() != ControlFile.Condition.SOUND
                && (found.condition() == ControlFile.Condition.DAMAGED
                        || Files.exists(data.resolve(AuditFile.NAME))
                        || !JournalFiles.acds(data).isEmpty());
    }

    /** Reads the control file. The caller has the lock of the data folder. */
    static SiteStart read(Path data) throws IOException {
        final ControlFile.Found found = ControlFile.read(data);
        if (found.torn()) {
            LOG.warn("the last write of the control file was cut short; the one before counts");
        }
        if (found.condition() == ControlFile.Condition.DAMAGED) {
            LOG.error("the control file cannot be read; it is kept as {}", ControlFile.SET_ASIDE);
        }
        if (found.condition() == ControlFile.Condition.ABSENT
                && JournalFiles.acds(data).isEmpty()) {
            LOG.info(
                    "nothing is in the data folder {}: every journal begins with record 1. If this site has run before, its folder was"
                            + " lost, moved or not mounted: then stop Tandem and bring it back",
                    data.toAbsolutePath());
        }
        return new SiteStart(data, found);
    }

    /** True if this site has run before, and its control file does not say so. */
    boolean forgotten() {
        return forgotten;
    }

    ControlFile.Found found() {
        return found;
    }

    /** The present boot of the machine. */
    String boot() {
        return boot;
    }

    /**
     * Decides how a journal goes on, and says so to {@code notices}.
     *
     * @param servers that are fed from it
     */
    JournalStart decide(String acd, List<String> servers, long nowNs, StartNotices notices) {
        final ControlState.Acd known = found.state().acd(acd);
        final JournalSurvey disk =
                JournalSurvey.of(data, acd, known == null ? 0 : known.generation(), StartDecision.lookFrom(known));
        final StartDecision decision = StartDecision.of(found.condition(), known, boot, disk);
        sameHistory.put(acd, known != null && known.generation() == decision.generation());
        notices.decided(acd, decision, known, servers);
        if (known != null) {
            for (final ControlState.Hold hold : known.holds()) {
                if (!servers.contains(hold.server())) {
                    LOG.info(
                            "{}: nothing is held any more for {}, to which the configuration gives no feed of it",
                            acd,
                            hold.server());
                }
            }
        }
        return decision.order(Math.max(nowNs, disk.lastAtNs())).having(disk.walked());
    }

    /** What is known of the present generation of an ACD's journal; null if nothing is. */
    ControlState.Acd known(String acd) {
        return sameHistory.get(acd) ? found.state().acd(acd) : null;
    }

    /**
     * What a server has of the present generation of an ACD's journal; null if it was never here. In a new generation nobody
     * has anything, and everything is held for all: a restored one may begin above 1, and what is before that was never there.
     */
    ControlState.Hold hold(String server, LinkJournal journal) {
        if (!sameHistory.get(journal.acd())) {
            return journal.generation() > 1
                    ? new ControlState.Hold(server, journal.oldest() - 1, ControlState.Hold.NONE)
                    : null;
        }
        final ControlState.Hold hold = found.state().acd(journal.acd()).hold(server);
        return hold == null
                ? null
                : new ControlState.Hold(server, Math.min(hold.through(), journal.last()), hold.kind());
    }

    /**
     * The last sequence that the present generation of an ACD's journal has in common with the one that it was restored from; 0 if
     * it was not restored.
     */
    long shared(LinkJournal journal) throws IOException {
        final Path note = JournalFiles.directory(data, journal.acd(), journal.generation())
                .resolve(JournalBuilder.NOTE);
        if (!Files.exists(note)) {
            return 0;
        }
        try {
            return JsonRecords.read(Files.readString(note), Restored.class).last();
        } catch (JsonFormatException e) {
            LOG.warn(
                    "{} cannot be read, so that no server is believed to have what was restored: {}",
                    note,
                    e.getMessage());
            return 0;
        }
    }

    /** What stands against a server in the present generation of an ACD's journal; null if nothing does. */
    AheadClaim claim(String server, String acd) {
        return !sameHistory.get(acd)
                ? null
                : found.state().acd(acd).ahead().stream()
                        .filter(each -> each.server().equals(server))
                        .findFirst()
                        .map(each -> new AheadClaim(each.had(), each.neverFed(), each.what()))
                        .orElse(null);
    }

    /** The entries of ACDs that are not {@code opened} by this run and still have a journal. */
    List<ControlState.Acd> others(List<String> opened) {
        return found.state().acds().stream()
                .filter(acd -> !opened.contains(acd.name()))
                .filter(acd -> !JournalFiles.generations(data, acd.name()).isEmpty())
                .toList();
    }
}
