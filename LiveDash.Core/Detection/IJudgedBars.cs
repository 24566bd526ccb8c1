namespace LiveDash.Core.Detection;

/// <summary>Hears of each bar that a detector judged.</summary>
public interface IJudgedBars
{
    /// <summary>A bar was judged; bars come by rising time.</summary>
    void Take(in JudgedBar bar);
}
