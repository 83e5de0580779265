/** Drives a service through a fault manifest and reports what Fettle did about each fault. */
@NullMarked
package dev.fettle.cli.demo;

import org.jspecify.annotations.NullMarked;
