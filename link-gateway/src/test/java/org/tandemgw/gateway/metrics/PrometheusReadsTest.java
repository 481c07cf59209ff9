package org.tandemgw.gateway.metrics;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tandemgw.gateway.alarm.AlarmName;
import org.tandemgw.gateway.status.GatewayStatus;
import org.tandemgw.gateway.status.SampleStatus;
import org.tandemgw.gateway.time.LatencyCounts;
import org.tandemgw.profiles.yaml.HostPort;

/** What Prometheus gets, what it cannot get, and that page, rules and dashboard name what there is. */
class PrometheusReadsTest {
    private static final Path DOCS = Path.of(System.getProperty("tandem.root"), "docs");
    private static final String OF_PROMETHEUS = "instance=\"tandem-1:9464\",job=\"tandem\"";
    private static final Pattern NAME = Pattern.compile("\\btandem_[a-z_]+");

    @TempDir
    Path folder;

    private final LatencyCounts counts = new LatencyCounts();
    private final HttpClient client = HttpClient.newHttpClient();
    private volatile Supplier<GatewayStatus> status = SampleStatus::example;
    private MetricsServer server;
    private int port;

    private void serve() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        start();
    }

    private void start() {
        server = new MetricsServer(
                HostPort.parse("127.0.0.1:" + port),
                () -> status.get(),
                () -> 3L,
                List.of(
                        new Latencies(Latencies.Name.ARRIVAL_TO_JOURNAL, Map.of("acd", "acd1"), counts),
                        new Latencies(
                                Latencies.Name.ARRIVAL_TO_SERVER,
                                Map.of("acd", "acd1", "server", "cms-east"),
                                new LatencyCounts())));
        server.start();
    }

    @AfterEach
    void close() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void shouldTellInPrometheusFormatWhatStatusKnows() throws Exception {
        serve();
        counts.add(15_000, 3);
        counts.add(3_000_000_000L, 1);
        counts.add(90_000_000_000L, 1);
        final HttpResponse<String> answer = get("/metrics");
        assertEquals(
                "text/plain; version=0.0.4; charset=utf-8",
                answer.headers().firstValue("content-type").orElse(""));
        final Exposition told = new Exposition(answer.body());
        assertEquals(1, told.value("tandem_info{site=\"hq-east\",version=\"1.0.0\"}"));
        assertEquals(1, told.value("tandem_site_state{state=\"protected\"}"));
        assertEquals(0, told.value("tandem_site_state{state=\"holding\"}"));
        assertEquals(700, told.value("tandem_leg_first_total{acd=\"acd1\",leg=\"1\"}"));
        assertEquals("counter", told.types.get("tandem_leg_first_total"));
        assertEquals(0.0004, told.value("tandem_probe_seconds{probe=\"app\",server=\"cms-east\"}"), 1e-9);
        assertEquals(1230, told.value("tandem_feed_cursor{acd=\"acd1\",kind=\"soupbintcp\",server=\"cms-east\"}"));
        assertEquals(12, told.value("tandem_calls_in_flight"));
        assertEquals(1, told.value("tandem_card_position{card=\"1\",position=\"A\",switch=\"trunks\"}"));
        assertEquals(1, told.value("tandem_alarms{severity=\"minor\"}"));
        assertTrue(told.value("jvm_threads_live_threads") > 1);
        final String journal = "tandem_arrival_to_journal_seconds";
        assertEquals(0, told.value(journal + "_bucket{acd=\"acd1\",le=\"1.0E-5\"}"));
        assertEquals(3, told.value(journal + "_bucket{acd=\"acd1\",le=\"2.0E-5\"}"));
        assertEquals(4, told.value(journal + "_bucket{acd=\"acd1\",le=\"5.0\"}"));
        assertEquals(5, told.value(journal + "_count{acd=\"acd1\"}"));
        assertEquals(93.000045, told.value(journal + "_sum{acd=\"acd1\"}"), 1e-6);
        promtool(answer.body(), "check", "metrics");
    }

    @Test
    void shouldTellOfASiteInTroubleAndOfOneThatKnowsNothing() throws Exception {
        serve();
        status = SampleStatus::trouble;
        assertEquals(0, new Exposition(get("/metrics").body()).value("tandem_protected"));
        status = () -> {
            throw new IllegalStateException("a promise of our own");
        };
        assertEquals(500, get("/metrics").statusCode());
        status = SampleStatus::example;
        assertEquals(200, get("/metrics").statusCode(), "and goes on");
    }

    @Test
    void shouldAnswerNothingElse() throws Exception {
        serve();
        assertEquals(404, get("/").statusCode());
        assertEquals(404, get("/metrics/../etc").statusCode());
        assertEquals(200, get("/metrics?name[]=x").statusCode());
        final HttpRequest post = HttpRequest.newBuilder(uri("/metrics"))
                .POST(HttpRequest.BodyPublishers.ofString("x"))
                .build();
        assertEquals(
                405, client.send(post, HttpResponse.BodyHandlers.ofString()).statusCode());
    }

    @Test
    void shouldHoldNoMoreConnectionsThanItMayAndLoseTheQuietOnes() throws Exception {
        serve();
        final List<Socket> held = new ArrayList<>();
        try {
            for (int i = 0; i < MetricsServer.MOST_OPEN; i++) {
                held.add(new Socket(InetAddress.getLoopbackAddress(), port));
                held.get(i).getOutputStream().write("GET /met".getBytes(StandardCharsets.US_ASCII));
                held.get(i).setSoTimeout(60_000);
            }
            try (Socket oneMore = new Socket(InetAddress.getLoopbackAddress(), port)) {
                oneMore.setSoTimeout(60_000);
                assertEquals(-1, oneMore.getInputStream().read(), "refused at once");
            }
            for (final Socket each : held) {
                assertEquals(-1, each.getInputStream().read(), "too quiet");
            }
            assertEquals(200, get("/metrics").statusCode());
        } finally {
            for (final Socket each : held) {
                each.close();
            }
        }
    }

    @Test
    void shouldRaiseAnAlarmForAPortThatItCannotHaveUntilItHasIt() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = taken.getLocalPort();
            start();
            await().until(() -> !server.conditions().isEmpty());
            assertEquals(AlarmName.CONFIG_MISMATCH, server.conditions().get(0).name());
            assertEquals("metrics", server.conditions().get(0).object());
        }
        await().until(() -> server.conditions().isEmpty());
        assertEquals(200, get("/metrics").statusCode());
    }

    @Test
    void shouldDescribeEveryNameAndNoOther() throws Exception {
        serve();
        final Set<String> told = new TreeSet<>();
        for (final Supplier<GatewayStatus> each : List.<Supplier<GatewayStatus>>of(
                SampleStatus::example, SampleStatus::trouble, SampleStatus::told, SampleStatus::relayed)) {
            status = each;
            new Exposition(get("/metrics").body())
                    .types.keySet().stream()
                            .filter(name -> name.startsWith("tandem_"))
                            .forEach(told::add);
        }
        final Set<String> described = new TreeSet<>();
        final Matcher row = Pattern.compile("^\\| `(tandem_\\w+)` \\| (\\w+) \\|", Pattern.MULTILINE)
                .matcher(Files.readString(DOCS.resolve("metrics.md")));
        while (row.find()) {
            described.add(row.group(1));
        }
        assertEquals(told, described);
    }

    @Test
    void shouldNameOnlyWhatThereIsInRulesAndDashboard() throws Exception {
        final Set<String> described = names(Files.readString(DOCS.resolve("metrics.md")));
        for (final String file : List.of("tandem-alerts.yml", "tandem-dashboard.json")) {
            final Set<String> used =
                    names(Files.readString(DOCS.resolve("monitoring").resolve(file)));
            assertTrue(used.size() > 5, used.toString());
            used.removeAll(described);
            assertEquals(Set.of(), used, file);
        }
        final Map<String, Object> dashboard =
                JSON.std.mapFrom(Files.readString(DOCS.resolve("monitoring").resolve("tandem-dashboard.json")));
        final Set<Object> ids = new TreeSet<>();
        for (final Object panel : (List<?>) dashboard.get("panels")) {
            assertTrue(ids.add(((Map<?, ?>) panel).get("id")), "each panel has an id of its own: " + panel);
            assertTrue(!((List<?>) ((Map<?, ?>) panel).get("targets")).isEmpty(), panel.toString());
        }
        promtool(
                null,
                "check",
                "rules",
                DOCS.resolve("monitoring/tandem-alerts.yml").toString());
    }

    /** Prometheus' own tool evaluates each of them over what the endpoint tells of a site that has everything: none is empty. */
    @Test
    void shouldFindSeriesForEveryExpressionOfTheDashboardAndForEverySelectorOfTheRules() throws Exception {
        serve();
        status = SampleStatus::told;
        final List<String> expressions = new ArrayList<>(dashboardExpressions());
        final Matcher selector = Pattern.compile("tandem_[a-z_]+(\\{[^}]*})?")
                .matcher(Files.readString(DOCS.resolve("monitoring/tandem-alerts.yml"))
                        .lines()
                        .filter(line -> line.contains("expr:"))
                        .collect(Collectors.joining("\n")));
        while (selector.find()) {
            expressions.add(selector.group());
        }
        assertTrue(expressions.size() > 30, expressions.toString());
        final Path test = folder.resolve("expressions.yml");
        Files.writeString(test, JSON.std.asString(Map.of("tests", List.of(evaluated(expressions)))));
        promtool(null, "test", "rules", test.toString());
    }

    private static List<String> dashboardExpressions() throws IOException {
        final List<String> expressions = new ArrayList<>();
        final Map<String, Object> dashboard =
                JSON.std.mapFrom(Files.readString(DOCS.resolve("monitoring").resolve("tandem-dashboard.json")));
        for (final Object panel : (List<?>) dashboard.get("panels")) {
            for (final Object target : (List<?>) ((Map<?, ?>) panel).get("targets")) {
                expressions.add(String.valueOf(((Map<?, ?>) target).get("expr")).replace("$instance", "tandem-1:9464"));
            }
        }
        return expressions;
    }

    /** What was told, every 15 s, counters rising; whatever is found is counted as 1. */
    private Map<String, Object> evaluated(List<String> expressions) throws Exception {
        final Exposition told = new Exposition(get("/metrics").body());
        final List<Map<String, Object>> series = new ArrayList<>();
        told.samples.forEach((name, value) -> series.add(Map.of(
                "series",
                name.contains("{")
                        ? name.replaceFirst("\\{", "{" + OF_PROMETHEUS + ",")
                        : name + "{" + OF_PROMETHEUS + "}",
                "values",
                (value.isNaN() || value.isInfinite() ? "0" : String.format(Locale.ROOT, "%.6f", value))
                        + (name.matches(".*_(total|bucket|count|sum)(\\{.*)?") ? "+1x40" : "+0x40"))));
        return Map.of(
                "interval",
                "15s",
                "input_series",
                series,
                "promql_expr_test",
                expressions.stream()
                        .map(expression -> Map.of(
                                "expr",
                                "clamp_max(count(" + expression + "), 1)",
                                "eval_time",
                                "5m",
                                "exp_samples",
                                List.of(Map.of("labels", "{}", "value", 1))))
                        .toList());
    }

    /** A histogram's own series are described by its name. */
    private static Set<String> names(String text) {
        return NAME.matcher(text)
                .results()
                .map(found -> found.group().replaceFirst("_(bucket|count|sum)$", ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private void promtool(String input, String... arguments) throws Exception {
        final List<String> command = new ArrayList<>(List.of("promtool"));
        command.addAll(List.of(arguments));
        final Path in = Files.writeString(folder.resolve("in"), input == null ? "" : input);
        final Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectInput(in.toFile())
                    .start();
        } catch (IOException e) {
            if ("all".equals(System.getenv("TANDEM_TESTS"))) {
                throw new AssertionError("promtool is missing, and TANDEM_TESTS=all", e);
            }
            assumeTrue(false, "promtool is missing: it is in Debian's package prometheus");
            return;
        }
        final String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        // 3: it is well formed, and Prometheus' own taste would name something otherwise.
        final int status = process.waitFor();
        final List<String> ours =
                said.lines().filter(line -> line.startsWith("tandem_")).toList();
        assertTrue(ours.isEmpty() && (status == 0 || status == 3), said);
    }

    private HttpResponse<String> get(String path) throws Exception {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path.replace("[", "%5B").replace("]", "%5D"));
    }
}
