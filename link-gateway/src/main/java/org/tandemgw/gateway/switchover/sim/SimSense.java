package org.tandemgw.gateway.switchover.sim;

import org.tandemgw.gateway.health.Sight;

/** What a probe of some kind can tell of a service, apart from whether the way to it is open. */
public enum SimSense {
    /** Everything, and which life of it answered. */
    ALL(Sight.ANSWERED, Sight.REFUSED, Sight.SILENT, Sight.WRONG, true, false),
    /** The same, with a connection that is kept. */
    ALL_HELD(Sight.ANSWERED, Sight.REFUSED, Sight.SILENT, Sight.WRONG, true, true),
    /** A connect: the kernel accepts for a process that hangs, and nobody asks how it is. */
    TCP(Sight.ANSWERED, Sight.REFUSED, Sight.ANSWERED, Sight.ANSWERED, false, false),
    /** A connect beside a connection that is kept: its loss tells of a restart. */
    TCP_HELD(Sight.ANSWERED, Sight.REFUSED, Sight.ANSWERED, Sight.ANSWERED, true, true),
    /** http, sip or snmp: the service itself answers. */
    ASKED(Sight.ANSWERED, Sight.REFUSED, Sight.SILENT, Sight.WRONG, false, false),
    /** Whether it takes its feed. */
    FEED(Sight.ANSWERED, Sight.SILENT, Sight.SILENT, Sight.ANSWERED, false, false),
    /** A program of ours that asks it somehow: its failure counts like silence. */
    PROGRAM(Sight.ANSWERED, Sight.FAILED, Sight.FAILED, Sight.FAILED, false, false);

    private final Sight running;
    private final Sight dead;
    private final Sight hung;
    private final Sight wrong;
    /** Whether an answer says which life and release of the service gave it. */
    final boolean identity;
    /** Whether it keeps a connection. */
    final boolean holds;

    SimSense(Sight running, Sight dead, Sight hung, Sight wrong, boolean identity, boolean holds) {
        this.running = running;
        this.dead = dead;
        this.hung = hung;
        this.wrong = wrong;
        this.identity = identity;
        this.holds = holds;
    }

    /** What comes of a look at a service that is so. */
    Sight of(SimServer.Service service) {
        return switch (service) {
            case RUNNING -> running;
            case DEAD -> dead;
            case HUNG -> hung;
            case WRONG -> wrong;
        };
    }

    /** Whether a service that hangs looks other than one that is well. */
    public boolean seesHangs() {
        return hung != running;
    }
}
