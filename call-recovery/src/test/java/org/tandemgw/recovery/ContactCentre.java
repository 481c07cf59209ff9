package org.tandemgw.recovery;

import java.util.List;
import java.util.Random;
import org.tandemgw.recovery.Truth.Call;
import org.tandemgw.recovery.Truth.Leg;

/**
 * A contact centre that plays and tells. Callers come, wait, are answered, held, transferred, joined; agents come and go; ids change;
 * frames are lost; the ACD lists what there is while life goes on. What is true is in {@link #truth}.
 */
final class ContactCentre {
    /** Whoever is told. */
    interface Told {
        /** @param about the call that the event is about, or null */
        void tell(CallEvent event, Call about);
    }

    private static final int FULL = 300;
    static final String[] QUEUES = {"sales", "support", "billing", "a queue with a rather long name, 41 bytes"};
    static final String[] CAUSES = {"16", "normalClearing", "lunch", "alertTimeExpired"};

    final Truth truth = new Truth();
    final Random random;
    private final Told told;
    private final CallEvent event = new CallEvent();
    private final Listing listing = new Listing(this);
    private final Staff staff = new Staff(this);
    private final boolean tellsTime;
    long nowNs = 1_700_000_000_000_000_000L;
    long sequence;
    /** Frames are being lost. */
    private boolean deaf;
    /** Frames were lost since all was listed. */
    boolean unsure;

    private long ids;
    private long timeNs;

    ContactCentre(long seed, Told told) {
        random = new Random(seed);
        tellsTime = random.nextBoolean();
        this.told = told;
        unsure = false;
        tick();
    }

    /** Something happens. */
    void step() {
        tick();
        if (listing.open() && random.nextInt(3) > 0) {
            listing.next();
        } else if (chance(2500)) {
            lose();
        } else if (!listing.open() && chance(unsure ? 150 : 4000)) {
            listing.begin();
        } else if (chance(3000)) {
            switchOver();
        } else if (chance(400)) {
            noise();
        } else if (chance(12)) {
            staff.something();
        } else if (truth.calls.size() < FULL && random.nextInt(FULL) > truth.calls.size() / 2) {
            born();
        } else {
            live();
        }
    }

    /** One of whom the list that is under way needs nothing. */
    String agent() {
        String agent = "agent-" + random.nextInt(60);
        while (listing.needs(agent)) {
            agent = "agent-" + random.nextInt(60);
        }
        return agent;
    }

    boolean chance(int in) {
        return random.nextInt(in) == 0;
    }

    private void tick() {
        nowNs += 2_000 + random.nextInt(200_000_000);
        timeNs = tellsTime ? nowNs : nowNs + random.nextInt(1_000);
    }

    private String newId() {
        ids++;
        return switch ((int) (ids % 5)) {
            case 0 -> new java.util.UUID(random.nextLong(), ids).toString();
            case 1 -> "pbx-with-a-name-east-1." + nowNs / 1_000_000_000 + "." + ids;
            case 2 -> "C" + ids;
            default -> nowNs / 1_000_000_000 + "." + ids;
        };
    }

    // What calls do ------------------------------------------------------------------------------------------------

    private void born() {
        final Call call = new Call();
        call.id = newId();
        call.media = Media.of(1 + (chance(3) ? random.nextInt(7) : 0));
        call.tellsStart = chance(3);
        call.startedNs = call.tellsStart ? timeNs - random.nextInt(1_000_000) : timeNs;
        call.segmentSinceNs = call.startedNs;
        call.calling = "0" + (100_000_000L + random.nextInt(900_000_000));
        call.called = "80" + random.nextInt(5);
        call.stateSinceNs = timeNs;
        truth.calls.put(call.id, call);
        final Leg leg = truth.leg(call, chance(2) ? call.id : newId());
        leg.party = call.calling;
        leg.trunk = "DAHDI/i" + random.nextInt(4) + "/" + call.calling + "-" + Long.toHexString(ids);
        call.last = CallState.OFFERED;
        call.account(timeNs);
        call.stateSinceNs = timeNs;
        say(CallEventKind.BORN, call, leg);
    }

    private void live() {
        if (truth.any.isEmpty()) {
            return;
        }
        final Leg leg = truth.any.get(random.nextInt(truth.any.size()));
        final Call call = leg.call;
        if (chance(25)) {
            identity(call, leg);
            return;
        }
        switch (leg.state) {
            case BORN -> now(leg, chance(4) ? CallState.QUEUED : CallState.OFFERED);
            case OFFERED -> now(leg, pick(CallState.QUEUED, CallState.RINGING, CallState.CONNECTED, CallState.FAILED));
            case QUEUED -> waiting(call, leg);
            case RINGING -> ringing(call, leg);
            case CONNECTED -> talking(call, leg);
            case HELD -> now(leg, CallState.CONNECTED, CallEventKind.RETRIEVED);
            default -> clear(leg);
        }
    }

    private void waiting(Call call, Leg leg) {
        switch (random.nextInt(6)) {
            case 0 -> now(leg, CallState.ABANDONED);
            case 1 -> now(leg, CallState.OFFERED);
            case 2 -> divert(call, leg);
            case 3 -> now(leg, CallState.QUEUED); // another queue
            default -> join(call, CallState.RINGING);
        }
    }

    private void ringing(Call call, Leg leg) {
        switch (random.nextInt(4)) {
            case 0 -> now(leg, CallState.FAILED);
            case 1 -> clear(leg);
            default -> {
                now(leg, CallState.CONNECTED);
                for (final Leg each : List.copyOf(call.legs)) {
                    if (each.state == CallState.QUEUED) {
                        now(each, CallState.CONNECTED);
                    }
                }
            }
        }
    }

    private void talking(Call call, Leg leg) {
        switch (random.nextInt(10)) {
            case 0, 1 -> now(leg, CallState.HELD);
            case 2 -> joinTwo(call);
            case 3 -> {
                segment(CallEventKind.TRANSFERRED, call, null);
                join(call, CallState.RINGING);
            }
            case 4 -> {
                if (call.legs.size() < 6) {
                    segment(CallEventKind.CONFERENCED, call, null);
                    join(call, CallState.CONNECTED);
                }
            }
            case 5 -> segment(CallEventKind.RECOVERED, call, null);
            case 6 -> {
                if (unsure) {
                    clear(leg); // who lists his legs must end them by name
                    return;
                }
                begin(CallEventKind.CLEARED, call);
                truth.end(call);
                call.legs.clear();
                call.account(timeNs);
                tell(call);
            }
            default -> clear(leg);
        }
    }

    private void join(Call call, CallState state) {
        final Leg leg = truth.leg(call, newId());
        leg.agent = agent();
        leg.party = "SIP/" + leg.agent;
        leg.trunk = leg.agent + "-" + Long.toHexString(ids);
        now(leg, state);
    }

    private void divert(Call call, Leg leg) {
        truth.end(leg, timeNs);
        begin(CallEventKind.DIVERTED, call);
        event.text(CallText.LEG, leg.id);
        tell(call);
        join(call, CallState.RINGING);
    }

    private void clear(Leg leg) {
        final Call call = leg.call;
        truth.end(leg, timeNs);
        if (call.legs.isEmpty()) {
            truth.calls.remove(call.id);
        }
        begin(CallEventKind.CLEARED, call);
        event.text(CallText.LEG, leg.id);
        if (chance(2)) {
            call.cause = pick(CAUSES);
            event.text(CallText.CAUSE, call.cause);
        }
        tell(call);
    }

    private void segment(CallEventKind kind, Call call, String former) {
        call.nextSegment(timeNs);
        begin(kind, call);
        if (former != null) {
            event.text(CallText.FORMER_CALL, former);
        }
        tell(call);
    }

    /** Two calls become one, in one of the ways in which ACDs tell it. */
    private void joinTwo(Call call) {
        final Call other = truth.any.get(random.nextInt(truth.any.size())).call;
        if (other == call || other.legs.size() + call.legs.size() > 8) {
            return;
        }
        final List<Leg> moved = List.copyOf(other.legs);
        final CallEventKind kind = chance(2) ? CallEventKind.TRANSFERRED : CallEventKind.CONFERENCED;
        if (chance(2)) {
            final String former = other.id;
            moved.forEach(leg -> truth.move(leg, call, timeNs));
            segment(kind, call, former);
            if (unsure || chance(2)) {
                moved.forEach(this::again);
            }
        } else {
            segment(kind, call, null);
            for (final Leg leg : moved) {
                truth.move(leg, call, timeNs);
                again(leg);
            }
        }
    }

    private void identity(Call call, Leg leg) {
        switch (random.nextInt(4)) {
            case 0 -> {
                final String former = call.id;
                truth.rename(call, newId());
                begin(CallEventKind.CHANGED, call);
                event.text(CallText.FORMER_CALL, former);
                tell(call);
                if (unsure) {
                    List.copyOf(call.legs).forEach(this::again);
                }
            }
            case 1 -> {
                again(leg);
                final String former = leg.id;
                truth.legs.remove(former);
                leg.id = newId();
                truth.legs.put(leg.id, leg);
                begin(kind(leg.state), call);
                details(leg);
                event.text(CallText.FORMER_LEG, former);
                tell(call);
            }
            case 2 -> split(call, leg);
            default -> {
                call.calling = "9" + random.nextInt(1_000_000);
                begin(CallEventKind.CHANGED, call);
                event.text(CallText.CALLING, call.calling);
                tell(call);
            }
        }
    }

    /** One leg goes on as a call of its own, which has the history of the one that it comes from. */
    private void split(Call call, Leg leg) {
        if (call.legs.size() < 2) {
            return;
        }
        final Call fresh = new Call();
        fresh.id = newId();
        fresh.media = call.media;
        fresh.segmentSinceNs = timeNs;
        fresh.takeHistory(call);
        fresh.stateSinceNs = call.stateSinceNs;
        fresh.last = call.state();
        truth.calls.put(fresh.id, fresh);
        truth.move(leg, fresh, timeNs);
        again(leg);
    }

    /** Another server becomes the active one. Nothing else changes. */
    private void switchOver() {
        truth.calls.values().forEach(call -> call.nextSegment(timeNs));
        begin(CallEventKind.SWITCHED, null).text(CallText.PARTY, pick("cms-east", "cms-west"));
        tell(null);
    }

    // What goes wrong ----------------------------------------------------------------------------------------------

    /** Frames are lost on both legs. */
    private void lose() {
        deaf = true;
        for (int lost = random.nextInt(30); lost > 0; lost--) {
            tick();
            if (chance(12)) {
                staff.something();
            } else if (chance(4)) {
                born();
            } else {
                live();
            }
        }
        deaf = false;
        unsure = true;
        listing.breaks();
        truth.calls.values().forEach(call -> call.holed = true);
        begin(CallEventKind.GAP, null);
        tell(null);
    }

    /** What no ACD should say, and what changes nothing. */
    private void noise() {
        switch (random.nextInt(6)) {
            case 0 ->
                begin(CallEventKind.CLEARED, null).text(CallText.CALL, "nobody").text(CallText.LEG, "never");
            case 1 -> begin(CallEventKind.QUEUED, null).text(CallText.QUEUE, "sales");
            case 2 -> begin(CallEventKind.BORN, null).text(CallText.CALL, "x".repeat(256));
            case 3 ->
                begin(CallEventKind.CHANGED, null).text(CallText.CALL, "nobody").text(CallText.CALLED, "x");
            case 4 -> begin(CallEventKind.TRANSFERRED, null).text(CallText.LEG, "never");
            default -> {
                if (listing.late()) {
                    return;
                }
                begin(CallEventKind.AGENT_LOGGED_OFF, null).text(CallText.AGENT, "nobody");
            }
        }
        tell(null);
    }

    // How it is told -----------------------------------------------------------------------------------------------

    /** The leg's state is told again. It does not begin again. */
    private void again(Leg leg) {
        if (!leg.agent.isEmpty() && chance(2)) {
            leg.agent = agent();
            leg.passedOn = true;
        }
        now(leg, leg.state == CallState.BORN ? CallState.OFFERED : leg.state);
    }

    private void now(Leg leg, CallState state) {
        now(leg, state, kind(state));
    }

    private void now(Leg leg, CallState state, CallEventKind kind) {
        truth.set(leg, state, timeNs);
        if (state == CallState.QUEUED && chance(2)) {
            leg.call.queue = pick(QUEUES);
        }
        say(kind, leg.call, leg);
    }

    private void say(CallEventKind kind, Call call, Leg leg) {
        begin(kind, call);
        details(leg);
        tell(call);
    }

    private void details(Leg leg) {
        event.text(CallText.LEG, leg.id)
                .text(CallText.PARTY, leg.party)
                .text(CallText.AGENT, leg.agent)
                .text(CallText.TRUNK, leg.trunk);
        if (leg.state == CallState.QUEUED || event.kind() == CallEventKind.CONNECTED && leg.call.id.length() % 2 == 0) {
            event.text(CallText.QUEUE, leg.call.queue); // some name it as they answer, too
        }
        if (leg.state == CallState.BORN) {
            event.text(CallText.CALLING, leg.call.calling).text(CallText.CALLED, leg.call.called);
        }
    }

    CallEvent begin(CallEventKind kind, Call call) {
        if (!deaf && !(sequence > 0 && chance(6))) {
            sequence++; // else one more event of the same frame
        }
        event.begin(kind, sequence, nowNs + 5).acdNs(tellsTime ? timeNs : 0);
        if (!tellsTime) {
            event.begin(kind, sequence, timeNs);
        }
        if (call != null) {
            event.media(call.media).text(CallText.CALL, call.id).startedNs(call.tellsStart ? call.startedNs : 0);
        }
        return event;
    }

    void tell(Call call) {
        if (deaf) {
            return;
        }
        if (call != null && (call.frames.isEmpty() || call.frames.get(call.frames.size() - 1) != sequence)) {
            call.frames.add(sequence);
        }
        told.tell(event, call);
    }

    long timeNs() {
        return timeNs;
    }

    static CallEventKind kind(CallState state) {
        return CallEventKind.valueOf(state.name());
    }

    @SafeVarargs
    final <T> T pick(T... of) {
        return of[random.nextInt(of.length)];
    }
}
