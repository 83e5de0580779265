/**
 * The room of language models: generators and healers behind the same roles as everything else,
 * {@link dev.fettle.contract.spi.PatchGenerator} and {@link dev.fettle.contract.spi.Healer}. What a
 * model says is untrusted input. See {@code docs/rooms/llm.md}.
 */
@NullMarked
package dev.fettle.llm;

import org.jspecify.annotations.NullMarked;
