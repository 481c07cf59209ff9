package org.tandemgw.gateway.dialect;

import java.util.function.Consumer;
import java.util.function.Function;
import org.tandemgw.recovery.CallTable;

/**
 * How servers are served as if we were the ACD: one class for each dialect that can be. Everything of it runs on the feed's thread, but for questions to the
 * call table. Sessions, cursors, catching up and what is shown of a gap are not its business.
 */
public interface NativeService {
    /** What will be said to somebody who connects. */
    Conversation meet(Client client);

    /** What is said on one connection, beside the frames. */
    interface Conversation {
        /** He is connected: a greeting, where the dialect has one. */
        void begin();

        /** Bytes have come. They are valid during the call. */
        void heard(byte[] bytes, int offset, int length);

        /** The client that was let in is seated: the answer to its login. Frames follow. */
        void welcome();

        /** Whether this frame goes to the client. Others are passed over. */
        boolean wants(byte[] frame, int offset, int length);

        /** False while nothing more should be read from the client. */
        boolean listens();

        /** The client takes bytes again, or time has passed: what was put off may go on. Several times a second. */
        void goOn();
    }

    /** The connection, as the conversation sees it. */
    interface Client {
        /**
         * The secret that this user has to prove. Who is not known has one too, which nobody can guess, so that it is not told apart.
         *
         * @return each character one byte
         */
        String secret(String user);

        /** Whether this feed has a secret that a client has to prove. */
        default boolean asksForSecret() {
            return false;
        }

        /** The user of the server itself, for a dialect whose login names none. */
        String server();

        /**
         * He has proved it, and has not asked for frames yet, which he perhaps never does: he may stay and be answered, and nothing is passed over for him.
         */
        void proved(String user);

        /** He has proved it, and wants frames. {@link Conversation#welcome} follows, perhaps later. */
        void logIn(String user);

        /** The dialect has no login: whoever connects is the server. {@link Conversation#welcome} follows, perhaps later. */
        void letIn();

        /** He has not proved it: said after a moment, counted, and the connection ends. */
        void refuse(String why, byte[] answer);

        /** Says something. It goes between frames, never into one. */
        void say(byte[] bytes);

        /** False while so much waits to be sent that nothing more should be said than has to be. */
        boolean takesMore();

        /** The client goes: these are the last words. */
        void leave(byte[] lastWords);

        /** What he says cannot be. The connection ends. */
        void bad(String what);

        /** He said something to an ACD that does not listen: counted. */
        void ignored();

        /** He asked for something that is not done here: counted, and written down. */
        void denied(String action);

        /** Now, UTC. */
        long utcNs();

        /** Now, UTC by the ACD's clock, as far as its events tell that. Any thread; that of the table's times only within a question. */
        long acdNs();

        /** When the next frame came that a client who was let in is about to get; now, if there is none yet. UTC. For {@link Conversation#welcome}. */
        default long nextFrameNs() {
            return utcNs();
        }

        /** Now, for durations. */
        long nowNs();

        /**
         * Asks the table of the calls: {@code question} runs on the table's thread, once the table has everything that this client was sent and is sure of
         * its calls, and {@code answer} here with what it gave, unless the connection has ended. The answer is null if it does not come to that within
         * seconds: what the table would tell then is not how things stand.
         */
        void ask(Function<CallTable, byte[]> question, Consumer<byte[]> answer);
    }

    /** The calls of one ACD, for who asks. */
    interface Calls {
        /** As {@code CallKeeper.ask}: false if it will not run. */
        boolean ask(Consumer<CallTable> question);

        /** The last record that is in the table; exact within a question. */
        long position();

        /** Whether the table is that of now, and not one of the past. Any thread. */
        boolean upToDate();

        /** How far the ACD's clock, by which times of calls are told, is ahead of ours. */
        long acdAheadNs();
    }
}
