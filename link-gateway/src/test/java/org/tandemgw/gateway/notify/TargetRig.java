package org.tandemgw.gateway.notify;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmBook;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.NotifyConfig;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.time.SystemClock;

/** One target, told by the real service of alarms that a test raises. */
final class TargetRig implements AutoCloseable {
    static final Condition LINK_LOST = new Condition(AlarmName.LINK_LOST, "acd1", "neither leg is up");

    private final SystemClock clock = new SystemClock();
    private final Path data;
    private final NotifyConfig config;
    private AlarmBook book = new AlarmBook(clock, 1, List.of());
    private volatile List<Alarm> standing = List.of();
    private NotifyService service;

    TargetRig(Path data, NotifyConfig.Kind kind, String target) {
        this.data = data;
        config = new NotifyConfig(kind, target);
        start();
    }

    void start() {
        service = new NotifyService(List.of(config), "hq-east", "1.3.6.1.4.1.8072", data, () -> standing, clock);
        service.start();
    }

    void now(Condition... conditions) {
        book.update(List.of(conditions), java.util.Set.of());
        standing = book.active();
    }

    GatewayStatus.Notified status() {
        return service.notified().get(0);
    }

    /** Somebody asks for a test; whether one is made. */
    List<Boolean> test() throws java.util.concurrent.TimeoutException {
        return List.copyOf(service.test(name -> true).values());
    }

    List<Condition> conditions() {
        return service.conditions();
    }

    void awaitWaiting(int messages) {
        await().until(() -> status().waiting() == messages);
    }

    static int freeTcpPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static int freeUdpPort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        service.close();
    }
}
