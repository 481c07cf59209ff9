package org.tandemgw.gateway.switchover;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What must survive any end of the process, while it is being worked with; {@link #durable()} is what is written. */
final class Kept {
    private final List<String> mustClear = new ArrayList<>();
    private final List<Maintenance> maintenance = new ArrayList<>();
    private long epoch;
    private String active;
    private Mode mode;
    private long holdDownUntilMs;
    private Holding holding;
    private String home;
    private long decision;
    private String checkedHash;
    private OpenAttempt open;
    private String unstarted;
    private long switched;
    private DrillBook drills;
    private Durable written;

    Kept(Durable found) {
        set(found == null ? new Durable(0, null, null, 0, null, List.of(), null, 0, null, null, null) : found);
        written = found == null ? null : written;
    }

    void set(Durable to) {
        mustClear.clear();
        mustClear.addAll(to.mustClear());
        maintenance.clear();
        maintenance.addAll(to.maintenance());
        epoch = to.epoch();
        active = to.active();
        mode = to.mode();
        holdDownUntilMs = to.holdDownUntilMs();
        holding = to.holding();
        home = to.home();
        decision = to.decision();
        checkedHash = to.checkedHash();
        open = to.open();
        unstarted = to.unstarted();
        switched = to.switched();
        drills = to.drills();
        written = to;
    }

    /** The same object while nothing has changed. */
    Durable durable() {
        final Durable now = new Durable(
                epoch,
                active,
                mode,
                holdDownUntilMs,
                holding,
                mustClear,
                home,
                decision,
                checkedHash,
                open,
                unstarted,
                switched,
                maintenance,
                drills);
        if (!now.equals(written)) {
            written = now;
        }
        return written;
    }

    long epoch() {
        return epoch;
    }

    void epoch(long to) {
        epoch = to;
    }

    /** Null: not known. */
    String active() {
        return active;
    }

    /** Whoever is in control is not out of service, whatever was said before. */
    void active(String to) {
        active = to;
        if (to != null) {
            endMaintenance(to);
        }
    }

    /**
     * What is said of this server.
     *
     * @param server null: of the site
     * @return null: nothing
     */
    Maintenance maintenance(String server) {
        if (maintenance.isEmpty()) {
            return null; // nearly always, and asked for at each fact
        }
        return maintenance.stream()
                .filter(each -> Objects.equals(each.server(), server))
                .findFirst()
                .orElse(null);
    }

    List<Maintenance> maintenance() {
        return List.copyOf(maintenance);
    }

    /** Null: nothing is out of service. */
    Maintenance anyMaintenance() {
        return maintenance.isEmpty() ? null : maintenance.get(0);
    }

    boolean isOut(String server) {
        return server != null && maintenance(server) != null;
    }

    void maintain(Maintenance now) {
        endMaintenance(now.server());
        maintenance.add(now);
    }

    void endMaintenance(String server) {
        maintenance.removeIf(each -> Objects.equals(each.server(), server));
    }

    /** The operator's; null: none. */
    Mode mode() {
        return mode;
    }

    void mode(Mode to) {
        mode = to;
    }

    long holdDownUntilMs() {
        return holdDownUntilMs;
    }

    void holdDownUntilMs(long to) {
        holdDownUntilMs = to;
    }

    Holding holding() {
        return holding;
    }

    void holding(Holding to) {
        holding = to;
    }

    String home() {
        return home;
    }

    void home(String to) {
        home = to;
    }

    long decision() {
        return decision;
    }

    long nextDecision() {
        return ++decision;
    }

    /** The newest number given away. */
    void next(long number) {
        decision = number;
    }

    String checkedHash() {
        return checkedHash;
    }

    void checkedHash(String to) {
        checkedHash = to;
    }

    OpenAttempt open() {
        return open;
    }

    void open(OpenAttempt to) {
        open = to;
    }

    /** Whether this server is in control, but was not told to start with success. */
    boolean isUnstarted(String server) {
        return unstarted != null && unstarted.equals(server) && server.equals(active);
    }

    /** This server was told to stop, and not to start again with success: that counts of the one that is in control alone. */
    void notStarted(String server) {
        if (server.equals(active)) {
            unstarted = server;
        }
    }

    /** Null: none. */
    void unstarted(String to) {
        unstarted = to;
    }

    /** The epoch of the newest attempt that made its server the active one; 0: none is known. */
    long switched() {
        return switched;
    }

    /** The attempt of this epoch has made its server the active one. */
    void switched(long to) {
        switched = to;
    }

    DrillBook drills() {
        return drills;
    }

    void drills(DrillBook to) {
        drills = to;
    }

    /** This evidence has had its switch. */
    void spend(String cause) {
        if (!mustClear.contains(cause)) {
            mustClear.add(cause);
        }
    }

    /** This evidence has cleared: it counts again when it recurs. */
    void cleared(String cause) {
        mustClear.remove(cause);
    }

    boolean spent(String cause) {
        return mustClear.contains(cause);
    }

    boolean anySpent() {
        return !mustClear.isEmpty();
    }

    /** Only what still exists may need to clear. */
    void keepSpent(List<String> known) {
        mustClear.retainAll(known);
    }
}
