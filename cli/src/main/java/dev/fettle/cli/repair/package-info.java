/** {@code fettle repair}: from a project's failing tests to ranked patches, without a server. */
@NullMarked
package dev.fettle.cli.repair;

import org.jspecify.annotations.NullMarked;
