package org.tandemgw.abswitch.link;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.tandemgw.abswitch.PathEnd;

/**
 * One opening of a serial line. One thread opens, reads and closes; another writes, as a write may wait for the line.
 *
 * <p>The library's own events are not used: after an unplug they repeat a million times a second until the port is closed. A
 * read says the same once. Nor are {@code isOpen}, which stays true, and the error code after a good opening, which is set.
 */
final class SerialLine {
    private static final int READ_MS = 100;
    private static final int QUICK_MS = 20;
    private static final int QUICK_READS = 20;
    private static final int CLOSE_WAITS_MS = 1_000;
    private static final int WAITING_LIMIT = 16;
    private static final byte[] END = new byte[0];

    /** The library's own number for a line that this process has open, too. */
    private static final int NO_SUCH_FILE_OR_OURS = 2;

    private static final int NO_SUCH_ADDRESS = 6;
    private static final int IN_USE_ELSEWHERE = 11;
    private static final int NO_RIGHT = 13;
    private static final int BUSY = 16;
    private static final int NO_SUCH_DEVICE = 19;

    private final SerialSettings settings;
    private final Path library;
    private final Telling telling;
    private volatile SerialLine before;
    private final Thread reader;
    private final LinkedBlockingQueue<byte[]> waiting = new LinkedBlockingQueue<>(WAITING_LIMIT);
    private final ReentrantLock using = new ReentrantLock();
    private volatile boolean closing;

    /**
     * Not yet begun.
     *
     * @param before the last opening of the same line, which may still be closing; null: none
     */
    SerialLine(SerialSettings settings, Path library, Telling telling, SerialLine before) {
        this.settings = settings;
        this.library = library;
        this.telling = telling;
        this.before = before;
        reader = daemon("serial-" + Path.of(settings.device()).getFileName(), this::read);
    }

    void start() {
        reader.start();
    }

    void send(byte[] bytes) {
        telling.asked();
        if (!waiting.offer(bytes)) {
            close(); // the line takes nothing: more would only pile up
        }
    }

    void close() {
        closing = true;
    }

    /** Whether it still waits for the opening before it to let go of the device. */
    boolean isWaiting() {
        return before != null;
    }

    // --- serial-<device> ---

    private void read() {
        try {
            final SerialLine last = before;
            if (last != null) {
                last.reader.join();
                before = null; // or every opening would keep all earlier ones
            }
            if (closing) {
                telling.ended(PathEnd.FAILED, "closed before it was open");
                return;
            }
            SerialLibrary.load(library);
            final SerialPort port = open();
            if (port == null) {
                return;
            }
            final Thread writer =
                    daemon("serial-out-" + Path.of(settings.device()).getFileName(), () -> write(port));
            writer.start();
            telling.opened();
            readUntilTheEnd(port);
            shut(port);
        } catch (IOException e) {
            telling.ended(PathEnd.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            telling.ended(PathEnd.FAILED, "interrupted");
        }
    }

    private SerialPort open() {
        if (!Files.exists(Path.of(settings.device()))) { // the library would look for the name elsewhere
            telling.ended(PathEnd.UNPLUGGED, "the device is not there");
            return null;
        }
        final SerialPort port;
        try {
            port = SerialPort.getCommPort(settings.device());
        } catch (SerialPortInvalidPortException e) {
            telling.ended(PathEnd.UNPLUGGED, "the device is not there");
            return null;
        }
        port.setComPortParameters(
                settings.baud(),
                settings.bits(),
                settings.stop() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
                switch (settings.parity()) {
                    case NONE -> SerialPort.NO_PARITY;
                    case ODD -> SerialPort.ODD_PARITY;
                    case EVEN -> SerialPort.EVEN_PARITY;
                });
        port.setFlowControl(
                switch (settings.flow()) {
                    case NONE -> SerialPort.FLOW_CONTROL_DISABLED;
                    case RTS_CTS -> SerialPort.FLOW_CONTROL_RTS_ENABLED | SerialPort.FLOW_CONTROL_CTS_ENABLED;
                    case XON_XOFF ->
                        SerialPort.FLOW_CONTROL_XONXOFF_IN_ENABLED | SerialPort.FLOW_CONTROL_XONXOFF_OUT_ENABLED;
                });
        port.setComPortTimeouts(SerialPort.TIMEOUT_READ_SEMI_BLOCKING, READ_MS, 0);
        if (!port.openPort(0)) {
            refused(port.getLastErrorCode());
            return null;
        }
        return port;
    }

    private void refused(int code) {
        final String device = settings.device();
        switch (code) {
            case IN_USE_ELSEWHERE, BUSY ->
                telling.ended(PathEnd.REFUSED, "the device is in use by another program: fuser -v " + device);
            case NO_RIGHT ->
                telling.ended(
                        PathEnd.FAILED,
                        "no right to open the device; its group (ls -l " + device + ") is the one to join");
            case NO_SUCH_ADDRESS, NO_SUCH_DEVICE -> telling.ended(PathEnd.UNPLUGGED, "the device is not there");
            case NO_SUCH_FILE_OR_OURS -> {
                if (Files.exists(Path.of(device))) {
                    telling.ended(PathEnd.REFUSED, "the device is in use by this program already");
                } else {
                    telling.ended(PathEnd.UNPLUGGED, "the device is not there");
                }
            }
            default -> telling.ended(PathEnd.FAILED, "the device cannot be opened: error " + code);
        }
    }

    private void readUntilTheEnd(SerialPort port) {
        final byte[] buffer = new byte[1024];
        int quick = 0;
        while (!closing) {
            final long beganNs = System.nanoTime();
            final int length = port.readBytes(buffer, buffer.length);
            if (length < 0) {
                telling.ended(PathEnd.UNPLUGGED, "the device has gone");
                return;
            }
            if (length > 0) {
                quick = 0;
                if (!telling.received(Arrays.copyOf(buffer, length))) {
                    return;
                }
            } else if (System.nanoTime() - beganNs < TimeUnit.MILLISECONDS.toNanos(QUICK_MS)) {
                // A driver may answer "nothing" at once and for ever when its device has gone.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(READ_MS));
                if (++quick == QUICK_READS) {
                    telling.ended(PathEnd.UNPLUGGED, "the device does not wait for bytes any more");
                    return;
                }
            }
        }
        telling.ended(PathEnd.FAILED, "closed");
    }

    /** A write that hangs is not waited for: closing the port ends it. */
    private void shut(SerialPort port) throws InterruptedException {
        closing = true;
        waiting.clear();
        waiting.offer(END);
        final boolean alone = using.tryLock(CLOSE_WAITS_MS, TimeUnit.MILLISECONDS);
        try {
            port.closePort();
        } finally {
            if (alone) {
                using.unlock();
            }
        }
    }

    // --- serial-out-<device> ---

    private void write(SerialPort port) {
        try {
            for (byte[] bytes = waiting.take(); bytes != END; bytes = waiting.take()) {
                if (!written(port, bytes)) {
                    telling.ended(PathEnd.UNPLUGGED, "the device takes no bytes any more");
                    closing = true;
                    return;
                }
                telling.sent();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean written(SerialPort port, byte[] bytes) {
        using.lock();
        try {
            int done = 0;
            while (done < bytes.length && !closing) {
                final int length = port.writeBytes(bytes, bytes.length - done, done);
                if (length <= 0) { // 0 as well: that is how an unplugged line answers
                    return false;
                }
                done += length;
            }
            return done == bytes.length;
        } finally {
            using.unlock();
        }
    }

    private static Thread daemon(String name, Runnable task) {
        final Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
