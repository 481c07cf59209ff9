package org.tandemgw.gateway.health;

/**
 * How one probe counts.
 *
 * @param name unique within the server
 * @param everyMs rhythm while it answers
 * @param timeoutMs how long an answer may take
 * @param failures looks in a row that must fail
 * @param retryMs pause between looks once one has failed
 * @param secondPath whether the service is also asked at another address once a look has failed
 * @param machine whether it looks at the machine alone (icmp): then it speaks for the service only where nothing else does
 */
public record ProbeRules(
        String name, long everyMs, long timeoutMs, int failures, long retryMs, boolean secondPath, boolean machine) {}
