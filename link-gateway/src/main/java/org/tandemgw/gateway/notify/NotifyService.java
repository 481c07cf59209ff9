package org.tandemgw.gateway.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tandemgw.gateway.action.Post;
import org.tandemgw.gateway.alarm.Alarm;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.alarm.Condition;
import org.tandemgw.gateway.config.NotifyConfig;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.support.KnownSecrets;
import org.tandemgw.gateway.time.Clock;
import org.tandemgw.profiles.yaml.HostPort;

/**
 * All targets of {@code notify} in the appliance. The thread {@code tandem-notify} asks the plans four times a second and fills the queues; it waits for nobody,
 * and nobody waits for it.
 */
public final class NotifyService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NotifyService.class);
    private static final long PERIOD_MS = 250;
    private static final int NAME_BYTES = 6;
    private static final int LONGEST_ANSWER_S = 2;

    private final List<TargetLine> targets = new ArrayList<>();
    private final Supplier<List<Alarm>> standing;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "tandem-notify"));
    private boolean failing;

    /**
     * Takes up what waits from the last run.
     *
     * @param enterprise names the structured data of syslog
     * @param standing the alarms that stand now
     */
    public NotifyService(
            List<NotifyConfig> config,
            String site,
            String enterprise,
            Path data,
            Supplier<List<Alarm>> standing,
            Clock clock) {
        this.standing = standing;
        final Path folder = data.resolve("notify");
        make(folder);
        final SyslogText text =
                new SyslogText(site, host(), ProcessHandle.current().pid(), enterprise);
        final Post post = new Post();
        final Set<String> names = new HashSet<>();
        final Set<Path> files = new HashSet<>();
        for (final NotifyConfig each : config) {
            final Path file = folder.resolve(fileName(each));
            files.add(file);
            targets.add(new TargetLine(
                    name(each, names),
                    each.kind(),
                    targets.size() + 1,
                    receiver(each, site, text, post),
                    new MessageQueue(file),
                    clock));
        }
        forgetOthers(folder, files);
    }

    /** Tells from now on. */
    public void start() {
        targets.forEach(TargetLine::start);
        thread.scheduleWithFixedDelay(this::look, 0, PERIOD_MS, TimeUnit.MILLISECONDS);
    }

    /** Targets that take nothing. Any thread. */
    public List<Condition> conditions() {
        final List<Condition> conditions = new ArrayList<>();
        for (final TargetLine target : targets) {
            final String why = target.unreachable();
            if (why != null) {
                conditions.add(new Condition(
                        AlarmName.TARGET_UNREACHABLE,
                        target.name(),
                        "it takes no messages (" + why + "); they wait, and it is tried again each minute"));
            }
        }
        return conditions;
    }

    /** Who is told. Any thread. */
    public List<String> targets() {
        return targets.stream().map(TargetLine::name).toList();
    }

    /**
     * Asks for a test of these targets. Any thread but {@code tandem-notify}, which it waits for.
     *
     * @return by name whether it was asked for; where not, too much was written for it already
     */
    public Map<String, Boolean> test(Predicate<String> wanted) throws TimeoutException {
        final Future<Map<String, Boolean>> asking = thread.submit(() -> {
            final Map<String, Boolean> asked = new LinkedHashMap<>();
            for (final TargetLine target : targets) {
                if (wanted.test(target.name())) {
                    asked.put(target.name(), target.test(standing.get()));
                }
            }
            return asked;
        });
        try {
            return asking.get(LONGEST_ANSWER_S, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TimeoutException("Tandem ends");
        } catch (TimeoutException e) {
            asking.cancel(false); // refused is refused: no test comes later
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /** What was sent to each, and what waits. Any thread. */
    public List<GatewayStatus.Notified> notified() {
        return targets.stream().map(TargetLine::status).toList();
    }

    /** A look that throws would be the last one. */
    private void look() {
        try {
            final List<Alarm> now = standing.get();
            targets.forEach(target -> target.look(now));
            failing = false;
        } catch (RuntimeException | Error e) {
            if (!failing) {
                LOG.error("targets could not be told; it is tried again", e);
            }
            failing = true;
        }
    }

    private static Receiver receiver(NotifyConfig config, String site, SyslogText text, Post post) {
        return switch (config.kind()) {
            case SYSLOG_UDP -> new SyslogUdp(HostPort.parse(config.target()), text);
            case SYSLOG_TCP -> new SyslogTcp(HostPort.parse(config.target()), text);
            case WEBHOOK -> new Webhook(config.target(), site, post);
        };
    }

    /** Of a URL no more than its host; two of one host are told apart by their place. */
    private static String name(NotifyConfig config, Set<String> taken) {
        final String shown =
                config.kind() == NotifyConfig.Kind.WEBHOOK ? KnownSecrets.shown(config.target()) : config.target();
        String name = shown;
        for (int i = 2; !taken.add(name); i++) {
            name = shown + " (" + i + ")";
        }
        return name;
    }

    private static String fileName(NotifyConfig config) {
        try {
            final byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest((config.kind() + " " + config.target()).getBytes(StandardCharsets.UTF_8));
            return config.kind().toString().replace('/', '-') + "-"
                    + HexFormat.of().formatHex(digest, 0, NAME_BYTES) + ".queue";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What waits for a target that the file does not name any more, nobody will get. */
    private static void forgetOthers(Path folder, Set<Path> files) {
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "*.queue")) {
            for (final Path file : found) {
                if (!files.contains(file)) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            LOG.debug("what is in {} and of no use any more stays", folder, e);
        }
    }

    /** A disk that takes nothing keeps nobody from being told: then the queues are in memory. */
    private static void make(Path folder) {
        try {
            Files.createDirectories(
                    folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        } catch (IOException e) {
            LOG.warn("{} cannot be made: {}", folder, e.toString());
        }
    }

    /** Of the kernel and not of the name service, which may take its time. */
    private static String host() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "-";
        }
    }

    @Override
    public void close() throws IOException {
        thread.shutdownNow();
        for (final TargetLine target : targets) {
            target.close();
        }
    }
}
