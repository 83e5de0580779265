package com.example.orders.service;

public record ContactCard(String name, String email, String phone) {}
