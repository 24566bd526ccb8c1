namespace LiveDash.Tests.Shared;

/// <summary>A test in the browser against Debian's <c>redis-server</c>: skipped aloud where one of them is missing, but a failure where <c>CI</c> is true.</summary>
public sealed class BrowserRedisFactAttribute : BrowserFactAttribute
{
    public BrowserRedisFactAttribute() => Skip ??= new RedisFactAttribute().Skip;
}
