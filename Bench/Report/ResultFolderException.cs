namespace Bench.Report;

/// <summary>A result cannot be written where it should go. The message says why, and what to do.</summary>
public sealed class ResultFolderException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="folder">The folder, as the user named it.</param>
    /// <param name="reason">What is wrong, and the way out.</param>
    /// <param name="cause">What the system said, if it was asked.</param>
    public ResultFolderException(string folder, string reason, Exception? cause = null)
        : base($"cannot write results to '{folder}': {reason}", cause)
    {
    }
}
