package com.example.orders.service;

public record ShippingQuote(String country, int grams, long cents) {}
