Attribute VB_Name = "CCHC_MoTa"
Option Explicit
Option Private Module
'The help that Excel's function wizard shows for the functions of the wrappers, until the workbook is closed.

Public Sub CCHC_DescribeFunctions()
    'Help is a comfort: whatever fails here may not keep the guide from being shown, or ask to be saved.
    Dim wasSaved As Boolean, listed As Variant, entry As Variant
    On Error Resume Next
    wasSaved = ThisWorkbook.Saved
    For Each entry In Split(CCHC_Text("functions"), ";")
        listed = Split(entry, " ")
        Application.MacroOptions "'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & listed(0), _
            Description:=CCHC_Text(listed(0)), Category:="CCHC", ArgumentDescriptions:=HelpOf(listed)
    Next entry
    ThisWorkbook.Saved = wasSaved
End Sub

Private Function HelpOf(ByVal listed As Variant) As Variant
    'The first name is that of the function, the others are those of its arguments.
    Dim place As Long, helps() As String
    ReDim helps(1 To UBound(listed))
    For place = 1 To UBound(listed)
        helps(place) = CCHC_Text("argument_" & listed(place))
    Next place
    HelpOf = helps
End Function
