/**
 * Prometheus reads here what {@code status} knows, how long frames took, and how the Java machine is. Names: docs/metrics.md.
 *
 * <pre>
 *  GatewayStatus ─► StatusFigures ─┐
 *  LatencyCounts ─► LatencyFigures ┼─► Figures (one registry) ─► MetricsServer, GET /metrics
 *  Micrometer's of the JVM ────────┘          tandem-metrics
 * </pre>
 */
package org.tandemgw.gateway.metrics;
