using Microsoft.AspNetCore.Components;

namespace LiveDash.Web.Components.Controls;

/// <summary>Reads what a browser says that a field holds now. Whoever has a circuit may say anything, also what no list offers: that changes nothing, and ends no circuit. Stateless; thread-safe.</summary>
internal static class ChangeReading
{
    /// <summary>The text; empty where none was said.</summary>
    public static string Text(this ChangeEventArgs change) => change.Value as string ?? "";

    /// <summary>One of an enumeration; what was chosen before, where it is none of it.</summary>
    public static T Among<T>(this ChangeEventArgs change, T before)
        where T : struct, Enum => Enum.TryParse<T>(change.Text(), out var one) && Enum.IsDefined(one) ? one : before;

    /// <summary>One of a list; what was chosen before, where it is none of it.</summary>
    public static string Among(this ChangeEventArgs change, IEnumerable<string> choices, string before) => choices.Contains(change.Text()) ? change.Text() : before;
}
