namespace LiveDash.Tests.Shared.Steps;

/// <summary>What the counted copy of the code calls. One count for all threads: who measures does so alone.</summary>
public static class StepMeter
{
    private static long s_steps;

    /// <summary>How many steps there were.</summary>
    public static long Steps => Volatile.Read(ref s_steps);

    /// <summary>A call, or a round of a loop.</summary>
    public static void Step() => s_steps++;

    /// <summary>A search from the front, which looked as far as what it found.</summary>
    public static int Found(int at, int length)
    {
        s_steps += at >= 0 ? at + 1 : length;
        return at;
    }

    /// <summary>A search from the back.</summary>
    public static int FoundLast(int at, int length)
    {
        s_steps += at >= 0 ? length - at : length;
        return at;
    }

    /// <summary>A search from a place on.</summary>
    public static int FoundFrom(int at, int length, int start)
    {
        s_steps += at >= 0 ? at - start + 1 : length - start;
        return at;
    }

    /// <summary>A search from a place back.</summary>
    public static int FoundLastFrom(int at, int length, int start)
    {
        s_steps += Math.Min(start, length) - at + 1;
        return at;
    }

    /// <summary>A question that took the whole length unless the answer is yes.</summary>
    public static bool Missing(bool answer, int length)
    {
        s_steps += answer ? 1 : length;
        return answer;
    }

    /// <summary>A question that took the whole length if the answer is yes.</summary>
    public static bool Same(bool answer, int length)
    {
        s_steps += answer ? length : 1;
        return answer;
    }

    /// <summary>What goes over the whole length, and gives a number.</summary>
    public static int Whole(int answer, int length)
    {
        s_steps += length;
        return answer;
    }

    /// <summary>What goes over the whole length.</summary>
    public static void Over(int length) => s_steps += length;
}
