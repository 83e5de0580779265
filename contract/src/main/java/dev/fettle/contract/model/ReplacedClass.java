package dev.fettle.contract.model;

/**
 * A class as a patch compiled it.
 *
 * @param name binary name
 * @param bytes the whole new class file
 */
public record ReplacedClass(String name, byte[] bytes) {}
