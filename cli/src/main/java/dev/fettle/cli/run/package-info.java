/** Child processes: the server, and the application under the agent. */
@NullMarked
package dev.fettle.cli.run;

import org.jspecify.annotations.NullMarked;
