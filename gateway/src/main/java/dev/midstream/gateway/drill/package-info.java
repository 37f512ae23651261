/**
 * Rehearsals of a configuration's chains: {@code midstream drill}.
 *
 * <p><b>Its flow.</b> {@link dev.midstream.gateway.drill.Drill} takes each model group of a
 * configuration with the deployments that a request would walk ({@code Line}), and plays every
 * scenario of the catalogue over it: {@code Casting} says which deployment plays what, {@code
 * StandIn} is a scripted provider in a deployment's place that speaks its protocol and can what its
 * model can, and {@code Rehearsal} puts the real gateway between the stand-ins and a client of each
 * protocol, on real sockets, and judges what the client saw ({@link
 * dev.midstream.gateway.drill.DrillReport}). {@link dev.midstream.gateway.drill.LiveDrill} asks the
 * real deployments, with a proxy that cuts the first one's answer ({@link
 * dev.midstream.gateway.drill.LiveReport}).
 *
 * <p><b>What may not enter.</b> Requests to anybody but stand-ins, save in the live drill. Secrets:
 * stand-ins are asked with a credential that is made up.
 */
@NullMarked
package dev.midstream.gateway.drill;

import org.jspecify.annotations.NullMarked;
