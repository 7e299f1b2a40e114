"""GOV.UK Pay: card payments and refunds."""
