package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.json.JsonFormatException;
import org.tandemgw.gateway.json.JsonRecords;

/**
 * The messages that one target has not taken yet, the oldest first; survives the end of the process. At most {@value #MOST} wait: then the oldest is dropped for
 * each new one, counted, and the next message says how many. Where the file cannot be written, messages wait in memory. Any thread.
 */
final class MessageQueue implements AutoCloseable {
    /** More do not wait: about four hours of a storm, as a plan tells it. */
    static final int MOST = QueueFile.SLOTS - 1; // the slot that is written is nobody's

    private static final Logger LOG = LoggerFactory.getLogger(MessageQueue.class);

    /**
     * What is to be sent next.
     *
     * @param dropped messages before it that were never sent, and that no other one has told of
     */
    record Due(Message message, long dropped) {}

    private final Path path;
    private final Deque<Message> waiting = new ArrayDeque<>();
    private QueueFile file;
    private QueueFile.Head head = new QueueFile.Head(0, 1, 0, 0);
    private long next = 1;
    private Message handed;
    private Message handedNow;
    private boolean failing;

    /** Takes up where the last run ended. */
    MessageQueue(Path path) {
        this.path = path;
        try {
            open();
        } catch (IOException e) {
            failed(e);
        }
    }

    /**
     * Opens the file, at the start or as soon as it can be: what the last run left comes first, and what came meanwhile goes on behind its numbers. Whatever
     * cannot be read between the oldest and the newest one counts as dropped.
     */
    private void open() throws IOException {
        final QueueFile opened = new QueueFile(path);
        try {
            final QueueFile.Head found = opened.head();
            final QueueFile.Head last = found == null ? new QueueFile.Head(0, 1, 0, 0) : found;
            final long end = Math.max(last.first(), opened.newest() + 1);
            final Deque<Message> left = new ArrayDeque<>();
            for (long number = Math.max(last.first(), end - MOST); number < end; number++) {
                final Message message = read(opened, number);
                if (message != null) {
                    left.add(message);
                }
            }
            final long unread = end - last.first() - left.size();
            goOn(opened, last, end, left, unread);
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    private void goOn(QueueFile opened, QueueFile.Head last, long end, Deque<Message> left, long unread)
            throws IOException {
        final QueueFile.Head meanwhile = head;
        final Deque<Message> came = new ArrayDeque<>(waiting);
        long number = end;
        waiting.clear();
        waiting.addAll(left);
        for (final Message each : came) {
            final Message moved = each.numbered(number++);
            handedNow = each == handed ? moved : handedNow;
            waiting.add(moved);
            opened.write(moved.number(), text(moved));
        }
        next = number;
        long tooMany = 0;
        for (; waiting.size() > MOST; tooMany++) {
            waiting.remove();
        }
        final long lost = unread + tooMany;
        head = new QueueFile.Head(
                last.serial(), last.first(), last.dropped() + meanwhile.dropped(), last.unsaid() + meanwhile.unsaid());
        file = opened;
        if (lost > 0 || number > end) {
            moved(head.dropped() + lost, head.unsaid() + lost);
        }
    }

    private static Message read(QueueFile file, long number) throws IOException {
        final String text = file.message(number);
        try {
            return text == null ? null : JsonRecords.read(text, Message.class);
        } catch (JsonFormatException e) {
            return null; // of a version that knows another form
        }
    }

    /** Appends the message that is made of its number. */
    synchronized void append(LongFunction<Message> made) {
        if (file == null) {
            tryToOpen();
        }
        final Message message = made.apply(next);
        next++;
        waiting.add(message);
        write(message);
        if (waiting.size() > MOST) {
            waiting.remove();
            moved(head.dropped() + 1, head.unsaid() + 1);
        }
        notifyAll();
    }

    /** Waits for a message, and for nothing else. */
    synchronized Due awaitDue() throws InterruptedException {
        while (waiting.isEmpty()) {
            wait();
        }
        handed = waiting.peek();
        handedNow = handed;
        return new Due(handed, head.unsaid());
    }

    /**
     * The target has it. If it was dropped meanwhile, it was not lost.
     *
     * @return its number: another one than it was sent with, if the file could be opened only meanwhile
     */
    synchronized long taken(Due due) {
        final Message message = due.message() == handed ? handedNow : due.message();
        final boolean droppedMeanwhile = message.number() < head.first();
        if (!droppedMeanwhile) {
            waiting.remove(message);
        }
        final long not = droppedMeanwhile ? 1 : 0;
        moved(head.dropped() - not, head.unsaid() - due.dropped() - not);
        return message.number();
    }

    /** How many wait. */
    synchronized int waiting() {
        return waiting.size();
    }

    /** How many were never sent, over all runs. */
    synchronized long dropped() {
        return head.dropped();
    }

    /** The number of the newest one; 0: there was none. */
    synchronized long lastNumber() {
        return next - 1;
    }

    private void moved(long dropped, long unsaid) {
        final long first = waiting.isEmpty() ? next : waiting.peek().number();
        head = new QueueFile.Head(head.serial() + 1, first, dropped, unsaid);
        try {
            if (file != null) {
                file.write(head);
                failing = false;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void write(Message message) {
        try {
            if (file != null) {
                file.write(message.number(), text(message));
                failing = false;
            }
        } catch (IOException e) {
            failed(e);
        }
    }

    private void tryToOpen() {
        try {
            open();
            failing = false;
        } catch (IOException e) {
            failed(e);
        }
    }

    private static String text(Message message) {
        final String text = JsonRecords.write(message);
        return QueueFile.fits(text)
                ? text
                : JsonRecords.write(
                        new Message(message.number(), message.kind(), message.at(), "too long to be kept", null));
    }

    private void failed(IOException e) {
        if (!failing) {
            LOG.warn("{} cannot be used ({}): what waits there is lost if Tandem ends", path, e.toString());
        }
        failing = true;
    }

    @Override
    public synchronized void close() throws IOException {
        if (file != null) {
            file.close();
        }
    }
}
