namespace LiveDash.Web.Listeners;

/// <summary>Another host's loggers, which outlive the one that uses them here. Thread-safe.</summary>
internal sealed class SharedLoggers(ILoggerFactory owner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => owner.CreateLogger(categoryName);

    public void AddProvider(ILoggerProvider provider) => owner.AddProvider(provider);

    public void Dispose()
    {
        // The owner disposes of them.
    }
}
