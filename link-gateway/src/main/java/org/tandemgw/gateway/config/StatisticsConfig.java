package org.tandemgw.gateway.config;

import java.time.Duration;

/**
 * How interval statistics are kept.
 *
 * @param interval 15, 30 or 60 minutes
 * @param keep how long their files stay
 */
public record StatisticsConfig(Duration interval, Duration keep) {}
