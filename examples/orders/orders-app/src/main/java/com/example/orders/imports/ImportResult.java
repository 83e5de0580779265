package com.example.orders.imports;

public record ImportResult(int imported, int skipped) {}
