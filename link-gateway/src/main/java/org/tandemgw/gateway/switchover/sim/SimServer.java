package org.tandemgw.gateway.switchover.sim;

/** One server, as it truly is: its machine, its service, its role, its feeds. */
final class SimServer {
    /** What the service does when it is asked. */
    enum Service {
        RUNNING,
        /** The port is closed. */
        DEAD,
        /** The port is open, and nothing comes. */
        HUNG,
        /** It answers, and says that it is not well. */
        WRONG
    }

    final int index;
    final String name;
    final SimPath main;
    final SimPath second;
    final SimPath netTest;
    boolean machineUp = true;
    /** Whether who asks a dead machine is told so by its neighbours, or hears nothing. */
    boolean machineSaysNoWay;

    Service service = Service.RUNNING;
    /** Rises with each start of the service. */
    int incarnation = 1;

    String release = "R21";
    /** What it believes: true from a promotion to a demotion, or to its end. */
    boolean promoted;
    /** The epoch of the promotion that it believes in. */
    long promotedEpoch;
    /** Until then a demote or promote of it runs, whether the Tandem that began it lives or not. */
    long busyUntilMs;

    Order promote = new Order();
    Order demote = new Order();
    /** Feeds lost for a reason of their own. */
    boolean feedCut;

    /** What becomes of the next orders. */
    static final class Order {
        /** It has no effect and says so. */
        boolean fails;
        /** It has no effect and never says anything. */
        boolean hangs;
        /** It takes effect after the time-out. */
        boolean late;
        /** It takes effect just before its time is over. */
        boolean slow;
        /** Only the next one; after it all is well. */
        boolean once;

        void heal() {
            fails = false;
            hangs = false;
            late = false;
            slow = false;
            once = false;
        }

        boolean perfect() {
            return !fails && !hangs && !late && !slow;
        }
    }

    SimServer(int index, String name) {
        this(index, name, new SimPath(), new SimPath(), new SimPath());
    }

    private SimServer(int index, String name, SimPath main, SimPath second, SimPath netTest) {
        this.index = index;
        this.name = name;
        this.main = main;
        this.second = second;
        this.netTest = netTest;
    }

    /** Another server, on the same machine or beside the same neighbour. */
    SimServer another(int itsIndex, String itsName, boolean sameMachine, boolean sameNeighbour) {
        return new SimServer(
                itsIndex,
                itsName,
                sameMachine ? main : new SimPath(),
                sameMachine ? second : new SimPath(),
                sameNeighbour ? netTest : new SimPath());
    }

    /** Whether what takes the one's machine takes the other's, for they are one. */
    boolean sharesMachine(SimServer other) {
        return main == other.main;
    }

    /** Whether it does its work, whoever can see that. */
    boolean serves() {
        return machineUp && service == Service.RUNNING;
    }

    void heal() {
        main.heal();
        second.heal();
        netTest.heal();
        machineUp = true;
        machineSaysNoWay = false;
        if (service != Service.RUNNING) {
            begin();
        }
        release = "R21";
        promote.heal();
        demote.heal();
        feedCut = false;
    }

    /** The service starts again: it remembers no role. */
    void begin() {
        if (service == Service.DEAD) {
            incarnation++;
            promoted = false;
        }
        service = Service.RUNNING;
    }

    void end() {
        service = Service.DEAD;
        promoted = false;
    }
}
