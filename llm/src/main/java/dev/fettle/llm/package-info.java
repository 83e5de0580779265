/**
 * Language models as generators and healers that need not be trusted. Nothing is sent anywhere
 * unless the owner of the installation configured a model; what comes back is data of our own
 * schema or nothing.
 */
@NullMarked
package dev.fettle.llm;

import org.jspecify.annotations.NullMarked;
