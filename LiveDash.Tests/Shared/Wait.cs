using System.Diagnostics;

namespace LiveDash.Tests.Shared;

/// <summary>Waits for what gives no signal of its own.</summary>
public static class Wait
{
    /// <summary>Asks every few milliseconds until the answer is yes; fails after 30 s and says what was waited for.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            Assert.True(clock.Elapsed < TimeSpan.FromSeconds(30), "Waited 30 s in vain until " + what);
            await timer.WaitForNextTickAsync();
        }
    }
}
