package org.tandemgw.gateway.switchover.sim;

import java.util.EnumSet;
import java.util.Set;

/** What can go wrong, one thing each. */
public enum SimFault {
    NONE("nothing"),
    SERVICE_DEAD("the active service ends; its port refuses"),
    SERVICE_HUNG("the active service hangs: nothing comes"),
    SERVICE_WRONG("the active service answers that it is not well"),
    SERVICE_RESTARTS_ONCE("the active service ends and is back in seconds"),
    SERVICE_RESTARTS("the active service restarts again and again"),
    SERVICE_FLAPS("the active service hangs and answers in turn"),
    SERVICE_HICCUP("the active service is silent for less than a second"),
    MACHINE_DEAD("the active machine loses its power"),
    MAIN_PATH_CUT("the main path to the active server is cut, the second is not"),
    BOTH_PATHS_CUT("both paths to the active server are cut, its neighbour answers"),
    CABLE_PULLED("the active server's cables are pulled, and are back within half a minute"),
    PARTITION("the active server's network is cut off with its neighbour"),
    ONE_WAY("questions reach the active server, answers do not come back"),
    SLOW_PATH("the way to the active server takes longer than the time-out"),
    LOSSY_PATH("the way to the active server loses two in five"),
    OWN_CUT("Tandem's own interfaces lose their link"),
    OWN_FLAPS("Tandem's own interfaces lose and find their link"),
    OWN_NET_CUT("one of Tandem's interfaces loses its link"),
    GATEWAY_DOWN("one gateway is gone"),
    GATEWAYS_DOWN("all gateways are gone"),
    NET_TEST_DOWN("the active server's neighbour is gone"),
    FEED_LOST("the active server's feed is lost, its probes answer"),
    LEGS_LOST("the call distributor is gone"),
    STANDBY_DEAD("the standby's service ends"),
    STANDBY_WRONG("the standby's service answers that it is not well"),
    STANDBY_MACHINE_DEAD("the standby's machine loses its power"),
    STANDBY_FEED_LOST("the standby's feed is lost"),
    BOTH_DEAD("both services end within seconds"),
    RELEASE_SKEW("the standby reports another release"),
    BOX_SLOW("the trunk switch takes seconds"),
    BOX_STUCK("no relay moves"),
    BOX_ONE_STUCK("one relay does not move"),
    BOX_LATE("the trunk switch answers nothing and moves later"),
    BOX_UNKNOWN("the trunk switch answers nothing and moves some"),
    BOX_CARD_PULLED("a card is not there"),
    BOX_UNREACHABLE("the trunk switch is unreachable"),
    BOX_MUTE("a selection never ends"),
    BOX_REFUSES("the driver refuses"),
    CARD_BY_HAND("one card is moved by hand"),
    TRUNKS_BY_HAND("all cards are moved by hand"),
    DEMOTE_FAILS("demote fails"),
    DEMOTE_HANGS("demote hangs"),
    DEMOTE_SLOW("demote takes nearly all of its time"),
    DEMOTE_LATE("demote takes effect after its time-out"),
    PROMOTE_FAILS("promote fails"),
    PROMOTE_FAILS_ONCE("promote fails once"),
    PROMOTE_HANGS("promote hangs"),
    PROMOTE_LATE("promote succeeds after its time-out"),
    CRASH("Tandem is killed"),
    CRASH_BEFORE_WRITE("Tandem is killed before it wrote what it decided"),
    CRASH_AFTER_WRITE("Tandem is killed after it wrote and before it acted"),
    CRASH_BETWEEN_ACTS("Tandem is killed between two acts of one decision"),
    CRASH_LOOP("Tandem is killed three times"),
    CRASH_LONG("Tandem is killed and away for minutes"),
    STALL("Tandem stands still for seconds"),
    CLOCK_JUMPS("the clock jumps"),
    STORE_FAILS("the control file cannot be written"),
    OLDER_CONTROL_FILE("Tandem is killed and an older control file put back"),
    BLIND("looks fail for want of descriptors"),
    ASK_SWITCH("an operator asks for the other server"),
    ASK_HELD_THEN_SWITCH("an operator sets held and asks for the other server"),
    ASK_FORCE("an operator forces the other server"),
    ASK_BACK("an operator asks for the active server"),
    ASK_MANUAL("an operator sets manual"),
    ASK_HELD("an operator sets held"),
    ASK_AUTO("an operator sets auto"),
    ASK_RESUME("an operator resumes"),
    ASK_ADOPT("an operator adopts the positions"),
    OTHER_FILE("Tandem is killed, and runs with another configuration for a while");

    /** What shows only where it meets something else: it begins early and lasts. */
    static final Set<SimFault> LASTING = EnumSet.of(
            STANDBY_DEAD,
            STANDBY_WRONG,
            STANDBY_MACHINE_DEAD,
            STANDBY_FEED_LOST,
            RELEASE_SKEW,
            BOX_SLOW,
            BOX_STUCK,
            BOX_ONE_STUCK,
            BOX_LATE,
            BOX_UNKNOWN,
            BOX_CARD_PULLED,
            BOX_MUTE,
            BOX_REFUSES,
            DEMOTE_FAILS,
            DEMOTE_HANGS,
            DEMOTE_SLOW,
            DEMOTE_LATE,
            PROMOTE_FAILS,
            PROMOTE_FAILS_ONCE,
            PROMOTE_HANGS,
            PROMOTE_LATE);

    final String meaning;

    SimFault(String meaning) {
        this.meaning = meaning;
    }

    /** What it is, in an operator's words. */
    public String meaning() {
        return meaning;
    }
}
