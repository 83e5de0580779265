/**
 * Takes messages to the server and commands back, on two daemon threads. Whatever is wrong with the
 * server or the network, the host does not notice.
 */
@NullMarked
package dev.fettle.agent.send;

import org.jspecify.annotations.NullMarked;
