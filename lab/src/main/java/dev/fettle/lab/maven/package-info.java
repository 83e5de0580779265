/**
 * What runs inside the Maven that reads a project: an event spy that writes down what the build is.
 */
@NullMarked
package dev.fettle.lab.maven;

import org.jspecify.annotations.NullMarked;
