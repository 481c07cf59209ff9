package org.tandemgw.gateway.switchover;

/** What operators take out of service and put back: done, or refused with the command that helps. */
final class Maintaining {
    private final Core core;
    private final Requests requests;

    Maintaining(Core core, Requests requests) {
        this.core = core;
        this.requests = requests;
    }

    /** Exactly one answer to each. */
    void asked(Event.Asked asked, Wish.Maintain wish) {
        final String server = wish.server();
        if (server != null && !core.rules.knows(server)) {
            requests.unknownServer(asked, server);
        } else if (!wish.on()) {
            off(asked, wish);
        } else if (server == null) {
            suspend(asked, wish);
        } else {
            takeOut(asked, wish);
        }
    }

    private void suspend(Event.Asked asked, Wish.Maintain wish) {
        final Refused refused = drill();
        if (refused != null) {
            answer(asked, false, "refused: " + refused.why, refused.remedy);
            return;
        }
        final Maintenance before = core.kept.maintenance(null);
        final Maintenance now = begun(asked, wish, before);
        if (wish.dryRun()) {
            answer(asked, true, before == null ? "would suspend automatic switching" : before.sentence(), null);
            return;
        }
        core.kept.maintain(now);
        answer(
                asked,
                true,
                (before == null
                                ? "automatic switching is suspended, planned until "
                                : "automatic switching was suspended already; now planned until ")
                        + Maintenance.time(now.untilMs()) + "; mode in effect: " + core.mode()
                        + requests.underWay(core.mode()),
                "once the work is done: " + now.off());
    }

    private void takeOut(Event.Asked asked, Wish.Maintain wish) {
        final String server = wish.server();
        final Refused refused = refused(server);
        if (refused != null) {
            answer(asked, false, "refused: " + refused.why, refused.remedy);
            return;
        }
        final Maintenance before = core.kept.maintenance(server);
        if (wish.dryRun()) {
            answer(asked, true, before == null ? "would take " + server + " out" : before.sentence(), null);
            return;
        }
        final Maintenance now = begun(asked, wish, before);
        core.kept.maintain(now);
        core.standing(server).out(true);
        answer(
                asked,
                true,
                server + (before == null ? " is out" : " was out already") + ", planned until "
                        + Maintenance.time(now.untilMs()) + "; nothing protects the site until it is back",
                "once the work is done: " + now.off());
    }

    private record Refused(String why, String remedy) {}

    /** Null: it may be taken out. */
    private Refused refused(String server) {
        final String active = core.kept.active();
        if (core.kept.open() != null) {
            return new Refused("a switch is under way", "tandem why");
        }
        final Refused drill = drill();
        if (drill != null) {
            return drill;
        }
        if (core.phases.is(Phase.STARTING)) {
            return new Refused("the positions of the trunk switches are still being read", "tandem status");
        }
        if (active == null) {
            return new Refused(
                    "nobody is known to be active, so that nobody would be left in control", Hints.next(core));
        }
        if (server.equals(active)) {
            final String other = core.rules.other(active);
            return new Refused(
                    active + " is active: another server has to be in control before", Hints.way(core, other));
        }
        if (core.split()) {
            return new Refused(core.lead().sentence() + ", and " + active + " is active", Hints.switchTo(core, active));
        }
        return null;
    }

    /** A drill goes home by itself, which is what maintenance forbids. Null: none is under way. */
    private Refused drill() {
        final Drill drill = core.kept.drills().open();
        return drill == null
                ? null
                : new Refused(
                        "drill " + drill.number() + " is under way, and goes home by itself: wait for its end",
                        "tandem drill show");
    }

    /** A second one only plans anew: since when it lasts is not forgotten. */
    private Maintenance begun(Event.Asked asked, Wish.Maintain wish, Maintenance before) {
        return new Maintenance(
                wish.server(),
                asked.who(),
                asked.why(),
                before == null ? core.utcMs() : before.sinceMs(),
                core.utcMs() + wish.forMs());
    }

    private void off(Event.Asked asked, Wish.Maintain wish) {
        final String server = wish.server();
        final Maintenance before = core.kept.maintenance(server);
        final String what = server == null ? "the site" : server;
        if (before == null) {
            final Maintenance other = core.kept.anyMaintenance();
            answer(
                    asked,
                    true,
                    what + " is not in maintenance: nothing is changed",
                    other == null ? null : other.off());
            return;
        }
        if (wish.dryRun()) {
            answer(asked, true, before.sentence(), null);
            return;
        }
        core.kept.endMaintenance(server);
        if (server != null) {
            core.standing(server).out(false);
            core.standing(server).update(core.facts, core.nowMs());
        }
        answer(
                asked,
                true,
                server == null
                        ? "maintenance is over; mode in effect: " + core.mode()
                        : server + " is back; it counts as standby once it has been well and at parity for "
                                + Standing.PROOF_MS / 1_000 + " s",
                server == null ? null : "tandem status");
    }

    private void answer(Event.Asked asked, boolean ok, String message, String remedy) {
        core.act(new Action.Answer(asked.request(), ok, message, remedy, null));
    }
}
