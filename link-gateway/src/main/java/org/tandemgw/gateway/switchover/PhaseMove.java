package org.tandemgw.gateway.switchover;

/** One change of phase. */
public record PhaseMove(long atMs, Phase from, Phase to, String why) {}
