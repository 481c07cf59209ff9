package org.tandemgw.gateway.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.tandemgw.gateway.health.ProbeRules;
import org.tandemgw.gateway.switchover.TimeToAct;
import org.tandemgw.profiles.yaml.Values;

/** What follows from a good configuration, as tables. Pure: the free space is given. */
final class Conclusions {

    /** What a record takes in the journal beside the frame's own bytes, as measured: its head, its length, its share of the index. */
    private static final int RECORD_OVERHEAD_BYTES = 45;

    /** What a roll file of ten minutes takes beside its records, as measured and rounded up. */
    private static final int FILE_OVERHEAD_BYTES = 16 << 10;

    private static final int FILES_PER_DAY = 144;

    private static final int ASSUMED_FRAME_BYTES = 256;
    private static final int[] FRAMES_PER_SECOND = {1, 100, 5_000};
    private static final long SECONDS_PER_DAY = 86_400;
    private static final double MS_PER_SECOND = 1_000.0;

    private final SiteConfiguration site;

    Conclusions(SiteConfiguration site) {
        this.site = site;
    }

    /**
     * All tables that have rows.
     *
     * @param freeBytes usable space on the file system of {@code data}; negative when unknown
     */
    List<Table> tables(long freeBytes) {
        List<Table> tables = new ArrayList<>();
        tables.add(links());
        tables.add(feeds());
        tables.add(disk(freeBytes));
        tables.add(new FirewallRows(site).table());
        tables.add(timeToAct());
        tables.add(SwitchTables.switches(site));
        tables.add(SwitchTables.hazards(site));
        tables.removeIf(table -> table.rows().isEmpty());
        return tables;
    }

    private Table links() {
        List<List<Object>> rows = new ArrayList<>();
        for (AcdConfig acd : site.acds()) {
            for (LegConfig leg : acd.legs()) {
                String direction = leg.connect().isPresent() ? "we dial" : "the ACD dials";
                String address =
                        leg.connect().or(leg::listen).map(Object::toString).orElse("");
                String silence = acd.silence().isZero() ? "never" : Values.shown(acd.silence());
                rows.add(List.of(
                        acd.name(),
                        leg.number(),
                        acd.profile().name(),
                        word(acd.mode()),
                        direction,
                        address,
                        leg.bind().orElse("-"),
                        silence));
            }
        }
        return new Table(
                "links",
                "Links",
                List.of("acd", "leg", "profile", "mode", "direction", "address", "bind", "silentAfter"),
                rows,
                "");
    }

    private Table feeds() {
        List<List<Object>> rows = new ArrayList<>();
        for (ServerConfig server : site.servers()) {
            for (FeedConfig feed : server.feeds()) {
                for (String acd : feed.acds()) {
                    rows.add(feedRow(server, acd, feed));
                }
            }
        }
        return new Table(
                "feeds", "Feeds", List.of("server", "acd", "kind", "direction", "address", "user", "inUse"), rows, "");
    }

    private static List<Object> feedRow(ServerConfig server, String acd, FeedConfig feed) {
        if (feed instanceof FeedConfig.SoupBinTcp soup) {
            String address = soup.listen().toString();
            return List.of(
                    server.name(),
                    acd,
                    "soupbintcp",
                    "the server dials",
                    address,
                    soup.credentials().user(),
                    "yes");
        }
        if (feed instanceof FeedConfig.Native played) {
            String address = played.address().toString();
            String user = played.credentials().map(Credentials::user).orElse("-");
            String direction = played.dial() ? "we dial" : "the server dials";
            return List.of(server.name(), acd, "native", direction, address, user, "yes");
        }
        FeedConfig.Relay relay = (FeedConfig.Relay) feed;
        return List.of(
                server.name(),
                acd,
                "relay of leg " + relay.leg(),
                "the server dials",
                relay.listen().toString(),
                "-",
                "yes");
    }

    private Table disk(long freeBytes) {
        long usableBytes = freeBytes - site.journal().minFreeBytes();
        List<List<Object>> rows = new ArrayList<>();
        for (int rate : FRAMES_PER_SECOND) {
            double bytesPerDay = (double) rate * SECONDS_PER_DAY * (ASSUMED_FRAME_BYTES + RECORD_OVERHEAD_BYTES)
                    + (double) site.acds().size() * FILES_PER_DAY * FILE_OVERHEAD_BYTES;
            double days = Math.max(0, usableBytes / bytesPerDay);
            rows.add(List.of(rate, oneDecimal(days), verdict(days, bytesPerDay)));
        }
        String space = freeBytes < 0
                ? "free space at data is unknown"
                : Values.shownBytes(freeBytes) + " free at data, of which min-free keeps "
                        + Values.shownBytes(site.journal().minFreeBytes());
        return new Table(
                "daysToDiskFull",
                "Days until the disk is full when nothing is deleted, all ACDs together",
                List.of("framesPerSecond", "days", "verdict"),
                freeBytes < 0 ? List.of() : rows,
                "assumes frames of " + ASSUMED_FRAME_BYTES + " bytes and " + RECORD_OVERHEAD_BYTES
                        + " bytes of overhead each; what the journals hold already is not counted as free; " + space);
    }

    /** Which of the two decides what is deleted. */
    private String verdict(double days, double bytesPerDay) {
        Duration retention = site.journal().retention();
        double retentionDays = retention.toSeconds() / (double) SECONDS_PER_DAY;
        String shown = Values.shown(retention);
        String takes = Values.shownBytes((long) (retentionDays * bytesPerDay));
        return days > retentionDays
                ? "longer than the retention of " + shown + ", which takes " + takes
                : "shorter than the retention of " + shown + ", which would take " + takes
                        + ": the oldest records go earlier, to keep min-free";
    }

    private Table timeToAct() {
        List<List<Object>> rows = new ArrayList<>();
        for (ServerConfig server : site.servers()) {
            for (ProbeConfig probe : server.probes()) {
                for (TimeToAct.Fault fault : TimeToAct.Fault.values()) {
                    rows.add(actRow(server, probe, fault));
                }
            }
        }
        return new Table(
                "timeToAct",
                "Time to act",
                List.of("server", "probe", "fault", "seconds", "untilFirstLookSeconds"),
                rows,
                "at most, in mode auto with nothing in the way: failures × (answer time + retry), the answer time twice with a second"
                        + " path; then the longest of reconnect ("
                        + Values.shown(site.switchover().reconnect())
                        + "), of the diagnosis, and for what is merely unreachable of unreachable.pings × unreachable.every;"
                        + " until the first look up to one interval more");
    }

    private List<Object> actRow(ServerConfig server, ProbeConfig probe, TimeToAct.Fault fault) {
        boolean neighbour = site.network().netTest().containsKey(server.name());
        boolean machine = NetworkTarget.machine(server).isPresent();
        TimeToAct.Fault found = fault == TimeToAct.Fault.HUNG && !machine ? TimeToAct.Fault.MACHINE_GONE : fault;
        found = found == TimeToAct.Fault.MACHINE_GONE && !neighbour ? TimeToAct.Fault.CUT_OFF : found;
        long worstMs = TimeToAct.worstMs(
                rules(probe),
                site.switchover().reconnect().toMillis(),
                site.switchover().unreachable().pings(),
                site.switchover().unreachable().every().toMillis(),
                found);
        return List.of(
                server.name(),
                probe.name(),
                sentence(probe.kind(), fault, machine),
                worstMs < 0 ? "never" : (Object) (worstMs / MS_PER_SECOND),
                seconds(probe.every()));
    }

    private static ProbeRules rules(ProbeConfig probe) {
        return new ProbeRules(
                probe.name(),
                probe.every().toMillis(),
                probe.timeout().toMillis(),
                probe.failures(),
                probe.retry().toMillis(),
                probe.secondPath().isPresent(),
                probe.kind() == ProbeConfig.Kind.ICMP);
    }

    private static String sentence(ProbeConfig.Kind kind, TimeToAct.Fault fault, boolean machine) {
        boolean exec = kind == ProbeConfig.Kind.EXEC;
        return switch (fault) {
            case REFUSED -> exec ? "fails at once with evidence: hard" : "refused at once";
            case HUNG ->
                (exec ? "fails or hangs" : "no answer")
                        + (machine ? ", machine answers" : "; no probe has an address of the machine");
            case MACHINE_GONE -> "machine does not answer";
            case CUT_OFF -> "neither it nor its neighbour answers";
        };
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / MS_PER_SECOND;
    }

    private static double oneDecimal(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.1f", value));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
