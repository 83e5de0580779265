package dev.fettle.contract.model;

/** A file that a job adds beside a patch, such as a generated test. */
public record NewFile(String path, String text) {}
