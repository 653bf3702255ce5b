namespace Bench.Studies;

/// <summary>What an exception says to somebody who does not call the library.</summary>
internal static class UserText
{
    /// <summary>Returns the message without the name of the parameter that .NET adds to it.</summary>
    public static string Of(Exception error) =>
        error is ArgumentException { ParamName: { } name } ? error.Message.Replace($" (Parameter '{name}')", "", StringComparison.Ordinal) : error.Message;
}
