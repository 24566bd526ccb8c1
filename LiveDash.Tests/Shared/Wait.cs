using System.Diagnostics;

namespace LiveDash.Tests.Shared;

/// <summary>Waits for what gives no signal of its own.</summary>
public static class Wait
{
    /// <summary>Asks every few milliseconds until the answer is yes; fails after 30 s and says what was waited for.</summary>
    public static Task UntilAsync(Func<bool> condition, string what) => UntilAsync(() => Task.FromResult(condition()), what);

    /// <inheritdoc cref="UntilAsync(Func{bool}, string)"/>
    /// <param name="condition">What is asked.</param>
    /// <param name="what">What is waited for, in words.</param>
    /// <param name="limit">For how long; 30 s where nothing is said.</param>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan? limit = null)
    {
        var most = limit ?? TimeSpan.FromSeconds(30);
        var clock = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!await condition())
        {
            Assert.True(clock.Elapsed < most, $"Waited {most.TotalSeconds:0} s in vain until {what}");
            await timer.WaitForNextTickAsync();
        }
    }

    /// <summary>
    /// The same for work that gives way to everything else on the machine, of which nobody can say how long it takes where others never rest: fails once nothing has moved for two minutes, as where it was forgotten.
    /// </summary>
    /// <param name="look">What is asked.</param>
    /// <param name="isOver">Whether the answer is the one waited for.</param>
    /// <param name="state">What changes while it gets on.</param>
    /// <param name="what">What is waited for, in words.</param>
    public static async Task WhileItMovesAsync<T>(Func<Task<T>> look, Func<T, bool> isOver, Func<T, string> state, string what)
    {
        var (clock, before) = (Stopwatch.StartNew(), "");
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var seen = await look(); !isOver(seen); seen = await look())
        {
            if (state(seen) is var now && now != before) (before, clock) = (now, Stopwatch.StartNew());
            Assert.True(clock.Elapsed < TimeSpan.FromMinutes(2), $"Nothing moved for two minutes, waiting until {what}: {before}");
            await timer.WaitForNextTickAsync();
        }
    }
}
